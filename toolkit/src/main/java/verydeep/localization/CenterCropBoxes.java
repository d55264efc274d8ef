package verydeep.localization;

import java.util.ArrayList;
import java.util.List;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.RgbImage;
import verydeep.data.TestViews;
import verydeep.data.TrainingScale;
import verydeep.data.View;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.ActivationReader;
import verydeep.internal.inference.OpenNetwork;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.inference.Work;
import verydeep.internal.passes.ForwardPass;
import verydeep.weights.Checkpoint;

/**
 * The first protocol of appendix A: the box of the true class in the center crop.
 *
 * @param boxes one box per image, in its pixels and clipped to it
 * @param arithmetic the arithmetic that computed them
 */
record CenterCropBoxes(List<BoundingBox> boxes, String arithmetic) {

  /**
   * Copies the boxes.
   *
   * @param boxes one box per image, in its pixels and clipped to it
   * @param arithmetic the arithmetic that computed them
   */
  public CenterCropBoxes {
    boxes = List.copyOf(boxes);
  }

  /**
   * Returns the boxes of the images' true classes.
   *
   * @param checkpoint a localization network
   * @param images images with objects of one class each
   * @param scale Q, the shorter side that images are rescaled to, at least the network's input
   * @return one box per image
   * @throws VerydeepException if it is not a localization network, or has no box for a class
   * @throws verydeep.VerydeepException if the scale is below the network's input
   * @throws verydeep.data.UnreadableImageException if an image is missing or damaged
   */
  public static CenterCropBoxes of(Checkpoint checkpoint, BoxedImages images, int scale) {
    return OwnThread.run(() -> computed(checkpoint, images, scale));
  }

  private static CenterCropBoxes computed(Checkpoint checkpoint, BoxedImages images, int scale) {
    BoxRegression regression = BoxRegression.of(checkpoint);
    regression.check(images);
    TestViews views = new TestViews(View.centerCrop(), List.of(scale), false);
    int window = checkpoint.network().input();
    List<BoundingBox> boxes = new ArrayList<>();
    double work = images.size() * Work.multiplications(views, checkpoint.network(), "fc8");
    Arithmetic arithmetic = Arithmetics.forWork(checkpoint.parameters(), work);
    try (ForwardPass pass = Arithmetics.load(arithmetic, checkpoint.parameters())) {
      new ActivationReader(pass, checkpoint.preprocessing(), views, List.of("fc8"))
          .read(
              images.images(),
              (index, activations) -> {
                AnnotatedImage image = images.annotated(index);
                float[] outputs = activations.get(0).means().get(0);
                BoundingBox box =
                    CropFrame.center(image.width(), image.height(), scale, window)
                        .toImage(regression.box(outputs, image.names().get(0)));
                boxes.add(box.clip(image.width(), image.height()));
              });
      return new CenterCropBoxes(boxes, pass.arithmetic());
    }
  }

  /** Returns what the network predicts for an image: one box, or one per class. */
  static List<FoundObject> find(Checkpoint checkpoint, RgbImage image) {
    BoxRegression regression = BoxRegression.of(checkpoint);
    int scale = scale(checkpoint);
    TestViews views = new TestViews(View.centerCrop(), List.of(scale), false);
    double work = Work.multiplications(views, checkpoint.network(), "fc8");
    Arithmetic arithmetic = Arithmetics.forWork(checkpoint.parameters(), work);
    float[] outputs;
    try (OpenNetwork network =
        new OpenNetwork(
            arithmetic,
            checkpoint.parameters(),
            checkpoint.preprocessing(),
            views,
            List.of("fc8"))) {
      String name = "image of %d x %d".formatted(image.width(), image.height());
      outputs = network.run(image, name).get(0).means().get(0);
    }
    CropFrame frame =
        CropFrame.center(image.width(), image.height(), scale, checkpoint.network().input());
    List<String> names = regression.perClass() ? regression.classes() : List.of("");
    return names.stream()
        .map(
            name ->
                new FoundObject(
                    name,
                    frame
                        .toImage(regression.box(outputs, name))
                        .clip(image.width(), image.height()),
                    Double.NaN,
                    1))
        .toList();
  }

  /**
   * Returns the default test scale: the training scale, or the middle of its range.
   *
   * @param checkpoint a network
   * @return Q
   * @throws VerydeepException if the checkpoint does not record its training scale
   */
  public static int scale(Checkpoint checkpoint) {
    TrainingScale scale =
        checkpoint
            .trainingScale()
            .orElseThrow(
                () ->
                    new VerydeepException(
                        "The checkpoint does not record its training scale. Set the test scale."));
    return (scale.smallest() + scale.largest()) / 2;
  }
}
