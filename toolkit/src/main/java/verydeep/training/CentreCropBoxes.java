package verydeep.training;

import java.util.ArrayList;
import java.util.List;
import verydeep.cpu.Arithmetic;
import verydeep.data.AnnotatedPicture;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.CropFrame;
import verydeep.data.TrainingScale;
import verydeep.evaluation.Looks;
import verydeep.evaluation.ResponseReader;
import verydeep.evaluation.View;
import verydeep.network.ForwardPass;
import verydeep.weights.Checkpoint;

/**
 * The first protocol of appendix A: where a network sees the true class in the centre crop.
 *
 * @param boxes a box a picture, in its pixels; the part of it that lies in the picture
 * @param arithmetic what computed them
 */
public record CentreCropBoxes(List<BoundingBox> boxes, String arithmetic) {

  /** Copies the boxes. */
  public CentreCropBoxes {
    boxes = List.copyOf(boxes);
  }

  /**
   * The boxes of the pictures' true classes.
   *
   * @param checkpoint a localisation network
   * @param pictures with objects of one class each
   * @param scale Q, the smallest side that pictures are rescaled to, at least the network's input
   * @return a box a picture
   * @throws TrainingException if it is no localisation network, or has no box for a class
   * @throws verydeep.evaluation.EvaluationException if the scale is below the network's input
   * @throws verydeep.data.UnreadablePictureException if a picture is missing or damaged
   */
  public static CentreCropBoxes of(Checkpoint checkpoint, BoxedImages pictures, int scale) {
    BoxRegression regression = BoxRegression.of(checkpoint);
    regression.check(pictures);
    Looks looks = new Looks(View.centreCrop(), List.of(scale), false);
    int window = checkpoint.network().input();
    List<BoundingBox> boxes = new ArrayList<>();
    double work = pictures.size() * looks.multiplications(checkpoint.network(), "fc8");
    Arithmetic arithmetic = Arithmetic.forWork(checkpoint.parameters(), work);
    try (ForwardPass pass = arithmetic.load(checkpoint.parameters())) {
      new ResponseReader(pass, checkpoint.preprocessing(), looks, List.of("fc8"))
          .read(
              pictures.images(),
              (index, responses) -> {
                AnnotatedPicture picture = pictures.annotated(index);
                float[] outputs = responses.get(0).means().get(0);
                BoundingBox box =
                    CropFrame.centre(picture.width(), picture.height(), scale, window)
                        .toPicture(regression.box(outputs, picture.names().get(0)));
                boxes.add(box.clip(picture.width(), picture.height()));
              });
      return new CentreCropBoxes(boxes, pass.arithmetic());
    }
  }

  /**
   * The scale to test at unless another is wanted: that of the training, of a range the middle.
   *
   * @param checkpoint a network
   * @return Q
   * @throws TrainingException if the checkpoint does not say how it was trained
   */
  public static int scale(Checkpoint checkpoint) {
    TrainingScale scale =
        checkpoint
            .trainingScale()
            .orElseThrow(
                () ->
                    new TrainingException(
                        "The checkpoint does not say at which scale it was trained;"
                            + " say at which to test it."));
    return (scale.smallest() + scale.largest()) / 2;
  }
}
