package verydeep.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import verydeep.VerydeepException;

/**
 * An image's file and the objects that are marked in it.
 *
 * @param file the image
 * @param width its width in pixels, as the annotation says
 * @param height its height in pixels
 * @param objects any number, in the order of the annotation; their boxes lie in the image
 */
public record AnnotatedImage(Path file, int width, int height, List<ObjectAnnotation> objects) {

  /**
   * Copies the objects.
   *
   * @param file the image
   * @param width its width in pixels, as the annotation says
   * @param height its height in pixels
   * @param objects any number, in the order of the annotation; their boxes lie in the image
   */
  public AnnotatedImage {
    objects = List.copyOf(objects);
  }

  /**
   * Where objects of a class are.
   *
   * @param name the class
   * @return a box an object
   */
  public List<BoundingBox> boxes(String name) {
    return objects.stream().filter(o -> o.name().equals(name)).map(ObjectAnnotation::box).toList();
  }

  /** {@return the classes that it shows, sorted} */
  public List<String> names() {
    return names(List.of(this));
  }

  /** The classes that some images show, sorted. */
  static List<String> names(List<AnnotatedImage> images) {
    Stream<ObjectAnnotation> objects = images.stream().flatMap(p -> p.objects().stream());
    return objects.map(ObjectAnnotation::name).distinct().sorted().toList();
  }

  /**
   * The one class that it shows.
   *
   * @return its name
   * @throws VerydeepException if it shows no object, or objects of several classes
   */
  public String onlyName() {
    List<String> shown = names();
    if (shown.size() != 1) {
      throw new VerydeepException(
          "%s shows %s; an image of one class is needed: choose by only(...)"
              .formatted(file, shown.isEmpty() ? "nothing" : shown));
    }
    return shown.get(0);
  }

  /**
   * Decodes it.
   *
   * @return the image
   * @throws UnreadableImageException if its file is missing or damaged
   * @throws VerydeepException if it is not of the size for which its boxes were drawn
   */
  public RgbImage image() {
    RgbImage image = RgbImage.read(file);
    if (image.width() != width || image.height() != height) {
      throw new VerydeepException(
          "%s has %d x %d pixels, its annotation is of an image of %d x %d"
              .formatted(file, image.width(), image.height(), width, height));
    }
    return image;
  }

  /** Why it cannot be decoded; empty if it can. */
  String unreadable() {
    try {
      image();
      return "";
    } catch (UnreadableImageException e) {
      return e.reason();
    } catch (VerydeepException e) {
      return e.getMessage();
    }
  }

  /** The same image with some of its objects. */
  AnnotatedImage only(Predicate<ObjectAnnotation> wanted) {
    return with(objects.stream().filter(wanted).toList());
  }

  /** The same image as often as it has objects, each time with another one alone. */
  Stream<AnnotatedImage> eachObject() {
    return objects.stream().map(object -> with(List.of(object)));
  }

  private AnnotatedImage with(List<ObjectAnnotation> some) {
    return new AnnotatedImage(file, width, height, some);
  }

  /** {@code BloodImage_00000.jpg, 640 x 480, 13 objects of RBC, WBC}. */
  @Override
  public String toString() {
    return "%s, %d x %d, %d objects of %s"
        .formatted(file.getFileName(), width, height, objects.size(), String.join(", ", names()));
  }
}
