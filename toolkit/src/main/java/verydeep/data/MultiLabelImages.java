package verydeep.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import verydeep.VerydeepException;

/**
 * Images that may show several classes, or people who may be doing several things, with the
 * presence of each class in each example. These are PASCAL VOC's classification and action tasks
 * (appendix B).
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
   * Reads PASCAL VOC's classification task as distributed.
   *
   * @param root the folder with {@code JPEGImages} and {@code ImageSets/Main}
   * @param set the name of the set, such as {@code train}, {@code val}, {@code trainval} or {@code
   *     test}
   * @return the set's images; the classes are those that have a file {@code CLASS_SET.txt}, in
   *     alphabetical order
   * @throws VerydeepException if there is no such set, or it has no label files
   * @throws UnreadableAnnotationException if a list or a label file is malformed, a label file
   *     lists other images, or an image is missing; the message names the file and the line
   */
  public static MultiLabelImages voc(Path root, String set) {
    VocLabels labels = new VocLabels(VocTree.folder(root, "Main", set), set, false);
    List<VocLabels.Entry> examples = labels.examples();
    Images images = images(root, set, labels, examples);
    return new MultiLabelImages(images, labels.classes(), marks(labels, examples), List.of());
  }

  /**
   * Reads PASCAL VOC's classification task as distributed.
   *
   * @param root the folder with {@code JPEGImages} and {@code ImageSets/Main}
   * @param set the name of the set, such as {@code trainval}
   * @return the set's images
   * @see #voc(Path, String)
   */
  public static MultiLabelImages voc(String root, String set) {
    return voc(Path.of(root), set);
  }

  /**
   * Reads PASCAL VOC's action task as distributed: each example is a person, identified by an image
   * and the person's position among the objects of its annotation, counted from 1.
   *
   * @param root the folder with {@code JPEGImages}, {@code Annotations} and {@code
   *     ImageSets/Action}
   * @param set the name of the set, such as {@code train} or {@code val}
   * @return the set's people, with {@link #boxes()}; an image with two people appears twice
   * @throws VerydeepException if there is no such set, or it has no label files
   * @throws UnreadableAnnotationException as for {@link #voc}, and if an annotation has no such
   *     object, or the object is not a person or has an unusable box
   */
  public static MultiLabelImages vocActions(Path root, String set) {
    VocLabels labels = new VocLabels(VocTree.folder(root, "Action", set), set, true);
    List<VocLabels.Entry> examples = labels.examples();
    Images images = images(root, set, labels, examples);
    List<BoundingBox> boxes = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      VocLabels.Entry person = examples.get(i);
      Path annotation = VocTree.annotation(root, person.name());
      boxes.add(VocXml.box(annotation, images.file(i), person.object(), "person"));
    }
    return new MultiLabelImages(images, labels.classes(), marks(labels, examples), boxes);
  }

  /**
   * Reads PASCAL VOC's action task as distributed.
   *
   * @param root the folder with {@code JPEGImages}, {@code Annotations} and {@code
   *     ImageSets/Action}
   * @param set the name of the set, such as {@code train}
   * @return the set's people
   * @see #vocActions(Path, String)
   */
  public static MultiLabelImages vocActions(String root, String set) {
    return vocActions(Path.of(root), set);
  }

  private static List<List<Presence>> marks(VocLabels labels, List<VocLabels.Entry> examples) {
    return labels.classes().stream().map(name -> labels.marks(name, examples)).toList();
  }

  /**
   * Returns the images, all of one class named after the set; what they show is kept separately.
   */
  private static Images images(
      Path root, String set, VocLabels labels, List<VocLabels.Entry> examples) {
    List<Path> files = new ArrayList<>();
    ImageFolder folder = new ImageFolder(root.resolve("JPEGImages"));
    for (VocLabels.Entry entry : examples) {
      Path file = folder.find(entry.name());
      if (!Files.isRegularFile(file)) {
        throw VocLabels.error(labels.list(), entry.line(), "The image " + file + " is missing.");
      }
      files.add(file);
    }
    return new Images(root + ", " + set, List.of(set), files, new int[files.size()], List.of());
  }

  /**
   * Returns the images, all of one class named after the set. Pass these to a feature extractor.
   *
   * @return the images, in the order of the set's list
   */
  public Images images() {
    return images;
  }

  /**
   * Returns each person cropped to their box, as needed for the paper's features of the person box.
   *
   * @return as many as {@link #images()}, in the same order
   * @throws VerydeepException if the examples have no boxes, as in classification
   */
  public Images boxes() {
    if (boxes.isEmpty()) {
      throw new VerydeepException(
          "These are whole images without boxes: "
              + this
              + ". Use vocActions(...) for people with boxes.");
    }
    return images.cutOut(boxes);
  }

  /**
   * Returns the names of the classes.
   *
   * @return the names in alphabetical order
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * Returns the number of examples.
   *
   * @return the number of images, or of people
   */
  public int size() {
    return images.size();
  }

  /**
   * Returns whether an example shows a class.
   *
   * @param example its index
   * @param label the class's index
   * @return shown, absent, or hard to see
   */
  public Presence presence(int example, int label) {
    return marks.get(label).get(Objects.checkIndex(example, size()));
  }

  /**
   * Returns how many examples show a class, without the difficult ones.
   *
   * @param label the class's index
   * @return 0 or more
   */
  public int shown(int label) {
    return Collections.frequency(marks.get(label), Presence.SHOWN);
  }

  /** Returns the number of examples and classes, and where they come from. */
  @Override
  public String toString() {
    String head =
        "%d %s, %d classes, in "
            .formatted(size(), boxes.isEmpty() ? "images" : "people", classes.size());
    return SetText.headline(head, images.source());
  }

  /** Whether an image shows a class. */
  public enum Presence {
    /** The class is shown; 1 in PASCAL VOC's files. */
    SHOWN,

    /**
     * The class is shown but hard to see: PASCAL VOC's "difficult", 0 in its files. Such images
     * count neither for nor against a classifier of the class.
     */
    DIFFICULT,

    /** The class is not shown; -1 in PASCAL VOC's files. */
    ABSENT
  }
}
