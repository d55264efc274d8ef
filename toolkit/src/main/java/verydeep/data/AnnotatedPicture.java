package verydeep.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A picture's file and the objects that are marked in it.
 *
 * @param file the picture
 * @param width its width in pixels, as the annotation says
 * @param height its height in pixels
 * @param objects any number, in the order of the annotation; their boxes lie in the picture
 */
public record AnnotatedPicture(Path file, int width, int height, List<ObjectAnnotation> objects) {

  /** Copies the objects. */
  public AnnotatedPicture {
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

  /** The classes that it shows, sorted. */
  public List<String> names() {
    return objects.stream().map(ObjectAnnotation::name).distinct().sorted().toList();
  }

  /** The same picture with some of its objects. */
  AnnotatedPicture only(Predicate<ObjectAnnotation> wanted) {
    return with(objects.stream().filter(wanted).toList());
  }

  /** The same picture as often as it has objects, each time with another one alone. */
  Stream<AnnotatedPicture> eachObject() {
    return objects.stream().map(object -> with(List.of(object)));
  }

  private AnnotatedPicture with(List<ObjectAnnotation> some) {
    return new AnnotatedPicture(file, width, height, some);
  }

  /** {@code BloodImage_00000.jpg, 640 x 480, 13 objects of RBC, WBC}. */
  @Override
  public String toString() {
    return "%s, %d x %d, %d objects of %s"
        .formatted(file.getFileName(), width, height, objects.size(), String.join(", ", names()));
  }
}
