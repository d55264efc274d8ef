package verydeep.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the objects of one image while its annotation is read; unusable boxes become flaws. */
final class AnnotationReader {

  /**
   * The largest number of objects accepted per image, far more than any ILSVRC, VOC or COCO image
   * has.
   */
  static final int MOST_OBJECTS = 100_000;

  /** In pixels; boxes that extend past the edge by less are put down to rounding. */
  private static final double ROUNDING = 0.01;

  private final Path file;
  private final int width;
  private final int height;
  private final List<AnnotatedImage.Annotation> objects = new ArrayList<>();
  private final List<AnnotatedImage.Flaw> flaws = new ArrayList<>();

  AnnotationReader(Path file, int width, int height) {
    this.file = file;
    this.width = width;
    this.height = height;
  }

  /**
   * An object's position as the file states it: edges in pixels, possibly out of order or out of
   * bounds.
   *
   * @param line the line in the file
   * @param name the class
   * @param left x of one edge
   * @param top y of one edge
   * @param right x of the opposite edge
   * @param bottom y of the opposite edge
   * @param difficult as {@link AnnotatedImage.Annotation#difficult()}
   * @param truncated as {@link AnnotatedImage.Annotation#truncated()}
   * @param pose as {@link AnnotatedImage.Annotation#pose()}
   */
  record Drawn(
      int line,
      String name,
      double left,
      double top,
      double right,
      double bottom,
      boolean difficult,
      boolean truncated,
      String pose) {}

  void add(Drawn mark) {
    String place =
        String.format(
            Locale.ROOT,
            "(%.2f, %.2f)-(%.2f, %.2f)",
            mark.left(),
            mark.top(),
            mark.right(),
            mark.bottom());
    if (mark.right() < mark.left() || mark.bottom() < mark.top()) {
      flaw(mark, "the corners of the box " + place + " are swapped", false);
      return;
    }
    BoundingBox box = new BoundingBox(mark.left(), mark.top(), mark.right(), mark.bottom());
    if (box.isDegenerate()) {
      flaw(mark, "the box " + place + " is at most one pixel wide or high", false);
      return;
    }
    BoundingBox inside = box.clip(width, height);
    String outside = " the image of %d x %d".formatted(width, height);
    if (inside.isDegenerate()) {
      flaw(mark, "the box " + place + " lies outside" + outside, false);
      return;
    }
    if (beyond(box, inside) > ROUNDING) {
      flaw(mark, "the box " + place + " extends past" + outside, true);
    }
    objects.add(
        new AnnotatedImage.Annotation(
            mark.name(), inside, mark.difficult(), mark.truncated(), mark.pose()));
  }

  private static double beyond(BoundingBox box, BoundingBox inside) {
    return Math.max(
        Math.max(inside.left() - box.left(), inside.top() - box.top()),
        Math.max(box.right() - inside.right(), box.bottom() - inside.bottom()));
  }

  private void flaw(Drawn mark, String reason, boolean kept) {
    flaws.add(new AnnotatedImage.Flaw(file, mark.line(), mark.name(), reason, kept));
  }

  /** Returns the image, given that its boxes were drawn on it as displayed. */
  AnnotatedImage of(Path image) {
    return new AnnotatedImage(image, width, height, objects);
  }

  /**
   * Returns the image, given that its boxes were drawn on the stored pixels; they are rotated along
   * with it.
   */
  AnnotatedImage ofStored(Path image) {
    Turn turn = Turn.of(image, width, height);
    List<AnnotatedImage.Annotation> turned =
        objects.stream()
            .map(
                o ->
                    new AnnotatedImage.Annotation(
                        o.name(), turn.apply(o.box()), o.difficult(), o.truncated(), o.pose()))
            .toList();
    return new AnnotatedImage(image, turn.turnedWidth(), turn.turnedHeight(), turned);
  }

  /** Notes that the annotation does not state the image's size. */
  void addMissingSize(int line) {
    flaws.add(new AnnotatedImage.Flaw(file, line, "", "the size of the image is not stated", true));
  }

  List<AnnotatedImage.Flaw> flaws() {
    return flaws;
  }
}
