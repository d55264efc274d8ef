package verydeep.localization;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import verydeep.data.AnnotatedPicture;
import verydeep.data.BoxTarget;
import verydeep.data.BoxedImages;
import verydeep.data.CropFrame;
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
    return new BoxTarget(
        mean(targets, BoxTarget::x),
        mean(targets, BoxTarget::y),
        mean(targets, BoxTarget::width),
        mean(targets, BoxTarget::height));
  }

  private static Optional<BoxTarget> target(AnnotatedPicture picture, int side, int window) {
    return CropFrame.centre(picture.width(), picture.height(), side, window)
        .target(picture.objects().get(0).box());
  }

  private static double mean(List<BoxTarget> targets, ToDoubleFunction<BoxTarget> number) {
    return targets.stream().mapToDouble(number).average().orElse(0);
  }
}
