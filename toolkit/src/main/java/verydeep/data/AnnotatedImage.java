package verydeep.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import verydeep.VerydeepException;

/**
 * An image file and the objects annotated in it.
 *
 * @param file the image file
 * @param width its width in pixels, according to the annotation
 * @param height its height in pixels
 * @param objects any number of objects, in the order of the annotation; their boxes lie inside the
 *     image
 */
public record AnnotatedImage(Path file, int width, int height, List<Annotation> objects) {

  /**
   * Copies the list of objects.
   *
   * @param file the image file
   * @param width its width in pixels, according to the annotation
   * @param height its height in pixels
   * @param objects any number of objects, in the order of the annotation; their boxes lie inside
   *     the image
   */
  public AnnotatedImage {
    objects = List.copyOf(objects);
  }

  /**
   * Returns the boxes of a class's objects.
   *
   * @param name the class
   * @return one box per object
   */
  public List<BoundingBox> boxes(String name) {
    return objects.stream().filter(o -> o.name().equals(name)).map(Annotation::box).toList();
  }

  /** {@return the classes this image shows, sorted} */
  public List<String> names() {
    return names(List.of(this));
  }

  /** Returns the classes these images show, sorted. */
  static List<String> names(List<AnnotatedImage> images) {
    Stream<Annotation> objects = images.stream().flatMap(p -> p.objects().stream());
    return objects.map(Annotation::name).distinct().sorted().toList();
  }

  /**
   * Returns the one class this image shows.
   *
   * @return the name of the class
   * @throws VerydeepException if the image shows no objects, or objects of several classes
   */
  public String onlyName() {
    List<String> shown = names();
    if (shown.size() != 1) {
      throw new VerydeepException(
          "%s shows %s; an image of exactly one class is needed. Select it with only(...)."
              .formatted(file, shown.isEmpty() ? "nothing" : shown));
    }
    return shown.get(0);
  }

  /**
   * Decodes the image from its file.
   *
   * @return the image
   * @throws UnreadableImageException if its file is missing or damaged
   * @throws VerydeepException if its size is not the one its boxes were drawn for
   */
  public RgbImage image() {
    RgbImage image = RgbImage.read(file);
    String flaw = otherSize(image);
    if (!flaw.isEmpty()) {
      throw new VerydeepException(flaw);
    }
    return image;
  }

  /** Returns how the decoded image's size differs from the annotation's; empty if it does not. */
  String otherSize(RgbImage image) {
    return image.width() == width && image.height() == height
        ? ""
        : "%s has %d x %d pixels, but its annotation is for an image of %d x %d."
            .formatted(file, image.width(), image.height(), width, height);
  }

  /** Returns why the image cannot be decoded; empty if it can. */
  String unreadable() {
    try {
      return otherSize(RgbImage.read(file));
    } catch (UnreadableImageException e) {
      return e.reason();
    }
  }

  /** Returns the same image with only the wanted objects. */
  AnnotatedImage only(Predicate<Annotation> wanted) {
    return with(objects.stream().filter(wanted).toList());
  }

  /** Returns the same image once per object, each time with that object alone. */
  Stream<AnnotatedImage> eachObject() {
    return objects.stream().map(object -> with(List.of(object)));
  }

  /** Returns the same image and objects, read from another file. */
  AnnotatedImage at(Path other) {
    return new AnnotatedImage(other, width, height, objects);
  }

  private AnnotatedImage with(List<Annotation> some) {
    return new AnnotatedImage(file, width, height, some);
  }

  /** Returns text such as {@code BloodImage_00000.jpg, 640 x 480, 13 objects of RBC, WBC}. */
  @Override
  public String toString() {
    return "%s, %d x %d, %d objects of %s"
        .formatted(file.getFileName(), width, height, objects.size(), String.join(", ", names()));
  }

  /**
   * An annotated box that cannot be used as it is, and what was done about it; or an image whose
   * size its annotation does not state.
   *
   * @param file the annotation file
   * @param line the line in the file, from 1
   * @param name the object's class; empty if the flaw is that no size is stated
   * @param reason what is wrong
   * @param kept true if the part inside the image, or the image's own size, is used; false if the
   *     object is left out
   */
  public record Flaw(Path file, int line, String name, String reason, boolean kept) {

    /** Returns the flaw as one line. */
    @Override
    public String toString() {
      if (name.isEmpty()) {
        return "%s:%d: %s; its own is used".formatted(file, line, reason);
      }
      return "%s:%d: %s: %s; %s"
          .formatted(file, line, name, reason, kept ? "cut to the image" : "left out");
    }
  }

  /**
   * An object in an image, as annotated.
   *
   * @param name its class
   * @param box where it is
   * @param difficult whether it is hard to recognize; VOC does not count such objects
   * @param truncated whether the box contains only a part of it
   * @param pose the side it is seen from, in VOC's words; empty if not stated
   */
  public record Annotation(
      String name, BoundingBox box, boolean difficult, boolean truncated, String pose) {

    /**
     * Checks that nothing is missing.
     *
     * @param name its class
     * @param box where it is
     * @param difficult whether it is hard to recognize; VOC does not count such objects
     * @param truncated whether the box contains only a part of it
     * @param pose the side it is seen from, in VOC's words; empty if not stated
     */
    public Annotation {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(box, "box");
      Objects.requireNonNull(pose, "pose");
    }

    /**
     * Creates an object of which nothing else is known.
     *
     * @param name its class
     * @param box where it is
     */
    public Annotation(String name, BoundingBox box) {
      this(name, box, false, false, "");
    }

    /** Returns text such as {@code WBC (259, 176)-(491, 376)}. */
    @Override
    public String toString() {
      return name + " " + box + (difficult ? ", difficult" : "") + (truncated ? ", truncated" : "");
    }
  }
}
