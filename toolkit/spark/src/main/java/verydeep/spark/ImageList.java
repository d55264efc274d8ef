package verydeep.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.ImageBytes;
import verydeep.data.ImageFiles;
import verydeep.data.Images;

/**
 * A list of images as it travels to the executors: names, classes and boxes, no pixels.
 *
 * @param classes the names of the classes; none for files of which nothing is known
 * @param names one per image
 * @param labels the class of each image; none without classes, and where annotations have them
 * @param boxes the box to which each image is cropped; none for whole images
 * @param annotations the size and objects of each image; none for images without objects
 */
record ImageList(
    List<String> classes,
    List<String> names,
    List<Integer> labels,
    List<Box> boxes,
    List<Annotation> annotations)
    implements Serializable {

  /** A box in pixels. */
  record Box(double left, double top, double right, double bottom) implements Serializable {

    static Box of(BoundingBox box) {
      return new Box(box.left(), box.top(), box.right(), box.bottom());
    }

    BoundingBox box() {
      return new BoundingBox(left, top, right, bottom);
    }
  }

  /** An object. */
  record Thing(String name, Box box, boolean difficult, boolean truncated, String pose)
      implements Serializable {

    static Thing of(AnnotatedImage.Annotation object) {
      return new Thing(
          object.name(),
          Box.of(object.box()),
          object.difficult(),
          object.truncated(),
          object.pose());
    }

    AnnotatedImage.Annotation object() {
      return new AnnotatedImage.Annotation(name, box.box(), difficult, truncated, pose);
    }
  }

  /** What is known of an image with objects. */
  record Annotation(int width, int height, List<Thing> things) implements Serializable {}

  static ImageList of(Images images) {
    List<String> names = new ArrayList<>();
    List<Box> boxes = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      names.add(images.name(i));
      labels.add(images.label(i));
      images.box(i).map(Box::of).ifPresent(boxes::add);
    }
    return new ImageList(images.classes(), names, labels, boxes, List.of());
  }

  static ImageList of(ImageFiles files) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      names.add(files.name(i));
    }
    return new ImageList(List.of(), names, List.of(), List.of(), List.of());
  }

  static ImageList of(BoxedImages images) {
    List<String> names = new ArrayList<>();
    List<Annotation> annotations = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      AnnotatedImage image = images.annotated(i);
      names.add(image.file().toString());
      List<Thing> things = image.objects().stream().map(Thing::of).toList();
      annotations.add(new Annotation(image.width(), image.height(), things));
    }
    return new ImageList(images.classes(), names, List.of(), List.of(), annotations);
  }

  Images images(ImageBytes source) {
    int[] theirs = labels.stream().mapToInt(Integer::intValue).toArray();
    Images whole = Images.of(classes, names, theirs, source);
    return boxes.isEmpty() ? whole : whole.cutOut(boxes.stream().map(Box::box).toList());
  }

  ImageFiles files(ImageBytes source) {
    return ImageFiles.of(names, source);
  }

  BoxedImages boxedImages(ImageBytes source) {
    List<AnnotatedImage> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Annotation known = annotations.get(i);
      List<AnnotatedImage.Annotation> objects = known.things().stream().map(Thing::object).toList();
      all.add(
          new AnnotatedImage(source.file(names.get(i)), known.width(), known.height(), objects));
    }
    return BoxedImages.of(classes, all);
  }
}
