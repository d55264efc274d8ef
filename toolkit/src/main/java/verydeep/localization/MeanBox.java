package verydeep.localization;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.data.TrainingScale;

/** The best guess for an image without looking at it. */
final class MeanBox {

  private MeanBox() {}

  /**
   * Returns the mean of the first objects' boxes in the images' center crops, number by number.
   *
   * @param scale S; the middle of a range
   * @param window the side of the network's input in pixels
   * @return the mean box; (0, 0, 0, 0) if no center crop shows its object
   */
  static BoxTarget of(BoxedImages images, TrainingScale scale, int window) {
    int side = (scale.smallest() + scale.largest()) / 2;
    List<BoxTarget> targets =
        IntStream.range(0, images.size())
            .mapToObj(images::annotated)
            .filter(image -> !image.objects().isEmpty())
            .map(image -> target(image, side, window))
            .flatMap(Optional::stream)
            .toList();
    return mean(targets);
  }

  private static BoxTarget mean(List<BoxTarget> targets) {
    return new BoxTarget(
        mean(targets, BoxTarget::x),
        mean(targets, BoxTarget::y),
        mean(targets, BoxTarget::width),
        mean(targets, BoxTarget::height));
  }

  /** The implementation of {@link Localization#meanBox}. */
  static Localization everywhere(BoxedImages training, BoxedImages test) {
    BoundingBox share =
        mean(IntStream.range(0, training.size())
                .mapToObj(training::annotated)
                .flatMap(p -> p.boxes(p.names().get(0)).stream().map(box -> share(p, box)))
                .toList())
            .inWindow(1);
    Images classified = TestedImages.once(test).images();
    List<LocalizedImage> images =
        IntStream.range(0, test.size())
            .mapToObj(i -> image(test.annotated(i), classified.label(i), share))
            .toList();
    return new Localization("the mean box", "true class, no view", test.classes(), images, 0);
  }

  private static BoxTarget share(AnnotatedImage image, BoundingBox box) {
    BoundingBox share = box.scaled(1.0 / image.width(), 1.0 / image.height());
    return new BoxTarget(share.centerX(), share.centerY(), share.width(), share.height());
  }

  private static LocalizedImage image(AnnotatedImage image, int label, BoundingBox share) {
    BoundingBox box = share.scaled(image.width(), image.height());
    return new LocalizedImage(
        image.file(),
        label,
        image.boxes(image.names().get(0)),
        List.of(new LocalizedImage.Guess(label, box, 1)));
  }

  private static Optional<BoxTarget> target(AnnotatedImage image, int side, int window) {
    return CropFrame.center(image.width(), image.height(), side, window)
        .target(image.objects().get(0).box());
  }

  private static double mean(List<BoxTarget> targets, ToDoubleFunction<BoxTarget> number) {
    return targets.stream().mapToDouble(number).average().orElse(0);
  }
}
