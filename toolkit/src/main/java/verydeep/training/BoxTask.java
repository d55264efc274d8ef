package verydeep.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.data.AnnotatedImage;
import verydeep.data.Batch;
import verydeep.data.BoundingBox;
import verydeep.data.BoxTarget;
import verydeep.data.BoxedImages;
import verydeep.data.CropFrame;
import verydeep.data.Draw;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * Where the object is (appendix A).
 *
 * @param regression which outputs are a class's
 * @param training one object an image
 * @param validation images with objects of one class each
 */
record BoxTask(BoxRegression regression, BoxedImages training, BoxedImages validation)
    implements Task {

  @Override
  public List<String> outputs() {
    return regression.outputs();
  }

  @Override
  public void check(Vgg network) {
    int outputs = outputs().size();
    if (network.classes() != outputs) {
      throw new VerydeepException(
          "Network %s has %d outputs, %s needs %d; build it with classes(%d)."
              .formatted(network.label(), network.classes(), regression, outputs, outputs));
    }
    regression.check(training);
    regression.check(validation);
  }

  @Override
  public Targets targets(TrainingBuilder settings, Batch batch, int epoch) {
    List<Optional<BoxTarget>> boxes = new ArrayList<>();
    int[] classes = new int[batch.size()];
    for (int i = 0; i < classes.length; i++) {
      int index = batch.indices()[i];
      AnnotatedImage image = training.annotated(index);
      Draw draw = settings.augmentation.draw(settings.scale, settings.seed, epoch, index);
      CropFrame frame = CropFrame.of(image.width(), image.height(), draw, settings.network.input());
      boxes.add(frame.target(image.objects().get(0).box()));
      classes[i] = regression.first(image.objects().get(0).name());
    }
    return new BoxTargets(classes, boxes);
  }

  @Override
  public ErrorRates validate(Checkpoint now) {
    List<BoundingBox> boxes =
        CenterCropBoxes.of(now, validation, CenterCropBoxes.scale(now)).boxes();
    int wrong = 0;
    for (int i = 0; i < boxes.size(); i++) {
      BoundingBox box = boxes.get(i);
      boolean right =
          validation.annotated(i).objects().stream().anyMatch(o -> o.box().iou(box) > 0.5);
      wrong += right ? 0 : 1;
    }
    ErrorRate rate = new ErrorRate(wrong, boxes.size());
    return new ErrorRates(rate, rate);
  }

  /** There is none to compare with: how far boxes lie apart depends on the crops. */
  @Override
  public double lossOfChance() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public Map<String, String> facts() {
    return Map.of(
        "regression", regression.toString(),
        "boxes to train on", training.fingerprint(),
        "boxes to validate with", validation.fingerprint());
  }
}
