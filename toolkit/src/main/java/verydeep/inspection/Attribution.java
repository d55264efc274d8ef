package verydeep.inspection;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.data.RgbImage;
import verydeep.internal.inference.ClassNames;

/**
 * The evidence in an image for some classes, by some method: a map for each class. {@code
 * verydeep.report.Pictures} draws it over the image. Immutable.
 *
 * @see GradCam
 * @see Occlusion
 * @see Saliency
 */
public final class Attribution {

  private final String method;
  private final String unit;
  private final RgbImage image;
  private final Classification.Kind kind;
  private final List<AttributionMap> maps;

  private Attribution(
      String method,
      String unit,
      RgbImage image,
      Classification.Kind kind,
      List<AttributionMap> maps) {
    this.method = Objects.requireNonNull(method, "method");
    this.unit = Objects.requireNonNull(unit, "unit");
    this.image = Objects.requireNonNull(image, "image");
    this.kind = Objects.requireNonNull(kind, "kind");
    this.maps = List.copyOf(maps);
    if (this.maps.isEmpty()) {
      throw new VerydeepException("An attribution needs the map of at least one class.");
    }
  }

  /**
   * Creates an attribution, for methods of your own.
   *
   * @param method how it was made, such as {@code Grad-CAM at conv5_3 of VGG D}
   * @param unit what the values are, such as {@code parts of the decision value}
   * @param image the image that the maps lie over
   * @param kind what the classes' scores are
   * @param maps one or more
   * @return the attribution
   * @throws VerydeepException if there is no map
   */
  public static Attribution of(
      String method,
      String unit,
      RgbImage image,
      Classification.Kind kind,
      List<AttributionMap> maps) {
    return new Attribution(method, unit, image, kind, maps);
  }

  /** {@return how it was made, such as {@code Grad-CAM at conv5_3 of VGG D, Q=224}} */
  public String method() {
    return method;
  }

  /** {@return what the values are, such as {@code parts of the decision value}} */
  public String unit() {
    return unit;
  }

  /** {@return the image that the maps lie over} */
  public RgbImage image() {
    return image;
  }

  /** {@return what the classes' scores are} */
  public Classification.Kind kind() {
    return kind;
  }

  /** {@return the names of the classes that have a map, in the order of the maps} */
  public List<String> classes() {
    return maps.stream().map(AttributionMap::className).toList();
  }

  /** {@return the maps} */
  public List<AttributionMap> maps() {
    return maps;
  }

  /**
   * Returns the map of a class.
   *
   * @param className the class, or a synonym in its name that no other class here has
   * @return its map
   * @throws VerydeepException if it has none; the message names those that do
   */
  public AttributionMap map(String className) {
    return maps.get(ClassNames.find(classes(), className));
  }

  /** Returns the method, and a line for each map. */
  @Override
  public String toString() {
    return maps.stream().map(map -> "\n" + map).collect(Collectors.joining("", method, ""));
  }
}
