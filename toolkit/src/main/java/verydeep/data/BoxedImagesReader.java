package verydeep.data;

import java.nio.file.Path;
import java.util.List;
import verydeep.VerydeepException;

/**
 * A reader of images with boxes for which not all annotations need be sound. {@link
 * BoxedImages#voc}, {@link BoxedImages#ilsvrc} and {@link BoxedImages#yolo} read the same and end
 * with the first that is not.
 *
 * <pre>{@code
 * var cells = BoxedImages.reader().skippingUnreadable().voc("datasets/bccd", "trainval");
 * println(cells.skipped());
 * }</pre>
 */
public final class BoxedImagesReader {

  private final boolean skips;

  BoxedImagesReader(boolean skips) {
    this.skips = skips;
  }

  /**
   * Skips annotations that are missing, malformed, in another encoding, or have an object without a
   * box; {@link BoxedImages#skipped()} lists them, each with its line and reason. By default the
   * first of them is an error. Images that cannot be decoded are found by {@link
   * BoxedImages#skippingUnreadable()}.
   *
   * @return a reader that skips them
   */
  public BoxedImagesReader skippingUnreadable() {
    return new BoxedImagesReader(true);
  }

  /** Returns what becomes of unreadable annotations. */
  @Override
  public String toString() {
    return "a reader of images with boxes that "
        + (skips ? "skips unreadable annotations" : "ends with the first unreadable annotation");
  }

  /**
   * Reads a set of a PASCAL VOC tree.
   *
   * @param root the folder that holds the tree
   * @param set the name of the set
   * @return the images
   * @see BoxedImages#voc(Path, String)
   */
  public BoxedImages voc(Path root, String set) {
    BoxCollection boxes = new BoxCollection(skips);
    VocTree.read(root, set, boxes);
    return images(boxes, root + ", " + set, AnnotatedImage.names(boxes.images()));
  }

  /**
   * Reads a set of a PASCAL VOC tree.
   *
   * @param root the folder that holds the tree
   * @param set the name of the set
   * @return the images
   * @see BoxedImages#voc(Path, String)
   */
  public BoxedImages voc(String root, String set) {
    return voc(Path.of(root), set);
  }

  /**
   * Reads annotations in VOC's format that lie beside their images or in a folder of their own, as
   * labeling tools write them, without VOC's lists of sets.
   *
   * @param images a flat folder of images
   * @param annotations a flat folder of XML files, each named after its image; may be the same
   * @return the images that have an annotation, sorted by its name, with their classes sorted by
   *     name
   * @throws VerydeepException if there is no annotation, or one is malformed
   * @see BoxedImages#voc(Path, String)
   */
  public BoxedImages vocFolder(Path images, Path annotations) {
    BoxCollection boxes = new BoxCollection(skips);
    VocTree.readFolder(images, annotations, boxes);
    return images(boxes, annotations.toString(), AnnotatedImage.names(boxes.images()));
  }

  /**
   * Reads annotations in VOC's format without VOC's lists of sets.
   *
   * @param images a flat folder of images
   * @param annotations a flat folder of XML files; may be the same
   * @return the images that have an annotation
   * @see #vocFolder(Path, Path)
   */
  public BoxedImages vocFolder(String images, String annotations) {
    return vocFolder(Path.of(images), Path.of(annotations));
  }

  /**
   * Reads ILSVRC's boxes.
   *
   * @param images a folder of images
   * @param annotations a folder of XML files
   * @return the images
   * @see BoxedImages#ilsvrc(Path, Path)
   */
  public BoxedImages ilsvrc(Path images, Path annotations) {
    BoxCollection boxes = new BoxCollection(skips);
    IlsvrcBoxes.read(images, annotations, boxes);
    return images(boxes, images.toString(), Ilsvrc.classes());
  }

  /**
   * Reads YOLO text labels.
   *
   * @param images a folder of images
   * @param labels a folder of text files
   * @param classes the names of the classes, by index
   * @return the images
   * @see BoxedImages#yolo(Path, Path, List)
   */
  public BoxedImages yolo(Path images, Path labels, List<String> classes) {
    BoxCollection boxes = new BoxCollection(skips);
    YoloText.read(images, labels, classes, boxes);
    return images(boxes, images.toString(), classes);
  }

  private static BoxedImages images(BoxCollection boxes, String source, List<String> classes) {
    if (boxes.images().isEmpty() && !boxes.skipped().isEmpty()) {
      Skipped first = boxes.skipped().get(0);
      throw new VerydeepException(
          "All %d annotations in %s were skipped. The first is %s: %s"
              .formatted(boxes.skipped().size(), source, first.file(), first.reason()));
    }
    return new BoxedImages(source, classes, boxes.images(), boxes.flaws(), boxes.skipped());
  }
}
