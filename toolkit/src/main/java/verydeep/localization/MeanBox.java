package verydeep.localization;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import verydeep.data.AnnotatedPicture;
import verydeep.data.BoundingBox;
import verydeep.data.BoxTarget;
import verydeep.data.BoxedImages;
import verydeep.data.CropFrame;
import verydeep.data.Images;
import verydeep.data.TrainingScale;

/** What is best said of a picture that was not looked at. */
final class MeanBox {

  private MeanBox() {}

  /**
   * The mean of the first objects' boxes in the pictures' centre crops, number by number.
   *
   * @param scale S; of a range the middle
   * @param window the side of the network's input, pixels
   * @return no box, (0, 0, 0, 0), if no centre crop shows its object
   */
  static BoxTarget of(BoxedImages pictures, TrainingScale scale, int window) {
    int side = (scale.smallest() + scale.largest()) / 2;
    List<BoxTarget> targets =
        IntStream.range(0, pictures.size())
            .mapToObj(pictures::annotated)
            .filter(picture -> !picture.objects().isEmpty())
            .map(picture -> target(picture, side, window))
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

  /** {@link Localization#meanBox}. */
  static Localization everywhere(BoxedImages training, BoxedImages test) {
    BoundingBox share =
        mean(IntStream.range(0, training.size())
                .mapToObj(training::annotated)
                .flatMap(p -> p.boxes(p.names().get(0)).stream().map(box -> share(p, box)))
                .toList())
            .inWindow(1);
    Images images = test.images();
    List<LocalizedPicture> pictures =
        IntStream.range(0, test.size())
            .mapToObj(i -> picture(test.annotated(i), images.label(i), share))
            .toList();
    return new Localization("the mean box", "true class, no look", test.classes(), pictures, 0);
  }

  private static BoxTarget share(AnnotatedPicture picture, BoundingBox box) {
    BoundingBox share = box.scaled(1.0 / picture.width(), 1.0 / picture.height());
    return new BoxTarget(share.centreX(), share.centreY(), share.width(), share.height());
  }

  private static LocalizedPicture picture(AnnotatedPicture picture, int label, BoundingBox share) {
    BoundingBox box = share.scaled(picture.width(), picture.height());
    return new LocalizedPicture(
        picture.file(),
        label,
        picture.boxes(picture.names().get(0)),
        List.of(new BoxGuess(label, box, 1)));
  }

  private static Optional<BoxTarget> target(AnnotatedPicture picture, int side, int window) {
    return CropFrame.centre(picture.width(), picture.height(), side, window)
        .target(picture.objects().get(0).box());
  }

  private static double mean(List<BoxTarget> targets, ToDoubleFunction<BoxTarget> number) {
    return targets.stream().mapToDouble(number).average().orElse(0);
  }
}
