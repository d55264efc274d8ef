package verydeep.localization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.internal.batches.Batch;
import verydeep.internal.tasks.Targets;
import verydeep.internal.tasks.Task;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * Localization: where the object is (appendix A).
 *
 * @param regression the outputs that belong to each class
 * @param window the side of the network's input in pixels
 * @param objects the training images, one object per image
 * @param unseen the validation images, each with objects of one class
 */
record BoxTask(BoxRegression regression, int window, BoxedImages objects, BoxedImages unseen)
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
          "Network %s has %d outputs, but %s needs %d. Build it with classes(%d)."
              .formatted(network.label(), network.classes(), regression, outputs, outputs));
    }
    regression.check(objects);
    regression.check(unseen);
  }

  @Override
  public Images training() {
    return objects.images();
  }

  @Override
  public Images validation() {
    return unseen.images();
  }

  @Override
  public boolean hasTopFive() {
    return false;
  }

  @Override
  public Targets targets(Batch batch) {
    List<Optional<BoxTarget>> boxes = new ArrayList<>();
    int[] classes = new int[batch.size()];
    for (int i = 0; i < classes.length; i++) {
      AnnotatedImage image = objects.annotated(batch.indices()[i]);
      CropFrame frame = CropFrame.of(image.width(), image.height(), batch.draw(i), window);
      boxes.add(frame.target(image.objects().get(0).box()));
      classes[i] = regression.first(image.objects().get(0).name());
    }
    return new BoxTargets(classes, boxes);
  }

  @Override
  public ErrorRates validate(Checkpoint now) {
    List<BoundingBox> boxes = CenterCropBoxes.of(now, unseen, CenterCropBoxes.scale(now)).boxes();
    int wrong = 0;
    for (int i = 0; i < boxes.size(); i++) {
      BoundingBox box = boxes.get(i);
      boolean right = unseen.annotated(i).objects().stream().anyMatch(o -> o.box().iou(box) > 0.5);
      wrong += right ? 0 : 1;
    }
    ErrorRate rate = new ErrorRate(wrong, boxes.size());
    return ErrorRates.of(rate);
  }

  /** Returns no loss to compare with: how far boxes lie apart depends on the crops. */
  @Override
  public double lossOfChance() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public Map<String, String> facts() {
    return Map.of(
        "regression", regression.toString(),
        "boxes to train on", objects.fingerprint(),
        "boxes to validate with", unseen.fingerprint());
  }
}
