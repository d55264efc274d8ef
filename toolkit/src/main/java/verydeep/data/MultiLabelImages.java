package verydeep.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import verydeep.VerydeepException;

/**
 * Images that may show several classes, or people who may do several things: of each and each class
 * whether it is shown. PASCAL VOC's tasks of classification and of actions (appendix B).
 *
 * <pre>{@code
 * var train = MultiLabelImages.voc("VOCdevkit/VOC2007", "trainval");
 * var test = MultiLabelImages.voc("VOCdevkit/VOC2007", "test");
 * }</pre>
 */
public final class MultiLabelImages {

  private final Images images;
  private final List<String> classes;
  private final List<List<Presence>> marks;
  private final List<BoundingBox> boxes;

  private MultiLabelImages(
      Images images, List<String> classes, List<List<Presence>> marks, List<BoundingBox> boxes) {
    this.images = images;
    this.classes = List.copyOf(classes);
    this.marks = marks;
    this.boxes = boxes;
  }

  /**
   * PASCAL VOC's classification task as it is distributed.
   *
   * @param root the folder with {@code JPEGImages} and {@code ImageSets/Main}
   * @param set such as {@code train}, {@code val}, {@code trainval} or {@code test}
   * @return the set's images; the classes are those that have a file {@code CLASS_SET.txt}, in the
   *     order of the alphabet
   * @throws VerydeepException if there is no such set, or no file of labels for it
   * @throws UnreadableAnnotationException if a list or a file of labels is not what it should be, a
   *     file of labels is about other images, or an image is missing; it names file and line
   */
  public static MultiLabelImages voc(Path root, String set) {
    VocLabels labels = new VocLabels(VocTree.folder(root, "Main", set), set, false);
    List<VocLabels.Entry> examples = labels.examples();
    Images images = images(root, set, labels, examples);
    return new MultiLabelImages(images, labels.classes(), marks(labels, examples), List.of());
  }

  /**
   * PASCAL VOC's classification task as it is distributed.
   *
   * @param root the folder with {@code JPEGImages} and {@code ImageSets/Main}
   * @param set such as {@code trainval}
   * @return the set's images
   * @see #voc(Path, String)
   */
  public static MultiLabelImages voc(String root, String set) {
    return voc(Path.of(root), set);
  }

  /**
   * PASCAL VOC's task of actions as it is distributed: each example is a person, known by an image
   * and the place of the person among the objects of its annotation, the first being 1.
   *
   * @param root the folder with {@code JPEGImages}, {@code Annotations} and {@code
   *     ImageSets/Action}
   * @param set such as {@code train} or {@code val}
   * @return the set's people, with {@link #boxes()}; an image with two people is there twice
   * @throws VerydeepException if there is no such set, or no file of labels for it
   * @throws UnreadableAnnotationException as for {@link #voc}, and if an annotation has no such
   *     object, it is no person, or its box cannot be used
   */
  public static MultiLabelImages vocActions(Path root, String set) {
    VocLabels labels = new VocLabels(VocTree.folder(root, "Action", set), set, true);
    List<VocLabels.Entry> examples = labels.examples();
    Images images = images(root, set, labels, examples);
    List<BoundingBox> boxes = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      VocLabels.Entry person = examples.get(i);
      Path annotation = root.resolve("Annotations").resolve(person.name() + ".xml");
      boxes.add(VocXml.box(annotation, images.file(i), person.object(), "person"));
    }
    return new MultiLabelImages(images, labels.classes(), marks(labels, examples), boxes);
  }

  /**
   * PASCAL VOC's task of actions as it is distributed.
   *
   * @param root the folder with {@code JPEGImages}, {@code Annotations} and {@code
   *     ImageSets/Action}
   * @param set such as {@code train}
   * @return the set's people
   * @see #vocActions(Path, String)
   */
  public static MultiLabelImages vocActions(String root, String set) {
    return vocActions(Path.of(root), set);
  }

  private static List<List<Presence>> marks(VocLabels labels, List<VocLabels.Entry> examples) {
    return labels.classes().stream().map(name -> labels.marks(name, examples)).toList();
  }

  /** All of one class, named after the set: what they show is said elsewhere. */
  private static Images images(
      Path root, String set, VocLabels labels, List<VocLabels.Entry> examples) {
    List<Path> files = new ArrayList<>();
    for (VocLabels.Entry entry : examples) {
      Path file = VocTree.find(root.resolve("JPEGImages"), entry.name());
      if (!Files.isRegularFile(file)) {
        throw VocLabels.error(
            labels.list(), entry.line(), "it names the image " + file + ", which is missing");
      }
      files.add(file);
    }
    return new Images(root + ", " + set, List.of(set), files, new int[files.size()], List.of());
  }

  /**
   * The images, all of one class that is named after the set. Give these to a feature extractor.
   *
   * @return them, in the order of the set's list
   */
  public Images images() {
    return images;
  }

  /**
   * Each person cut out at the box around them, as the paper's features of the person box need it.
   *
   * @return as many as {@link #images()}, in the same order
   * @throws VerydeepException if the examples have no boxes, as those of classification
   */
  public Images boxes() {
    if (boxes.isEmpty()) {
      throw new VerydeepException(
          this + " are whole images without boxes; those of vocActions have them");
    }
    return images.cutOut(boxes);
  }

  /**
   * The names of the classes.
   *
   * @return in the order of the alphabet
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * How many examples there are.
   *
   * @return images, or people
   */
  public int size() {
    return images.size();
  }

  /**
   * Whether an example shows a class.
   *
   * @param example its index
   * @param label the class's index
   * @return shown, absent, or hard to see
   */
  public Presence presence(int example, int label) {
    return marks.get(label).get(Objects.checkIndex(example, size()));
  }

  /**
   * How many examples show a class, without those that are difficult.
   *
   * @param label the class's index
   * @return 0 or more
   */
  public int shown(int label) {
    return Collections.frequency(marks.get(label), Presence.SHOWN);
  }

  /** How many, of what. */
  @Override
  public String toString() {
    String head =
        "%d %s, %d classes, in "
            .formatted(size(), boxes.isEmpty() ? "pictures" : "people", classes.size());
    return SetText.headline(head, images.source());
  }
}
