package verydeep.djl;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.output.BoundingBox;
import ai.djl.modality.cv.output.DetectedObjects;
import ai.djl.modality.cv.output.Rectangle;
import ai.djl.nn.Blocks;
import ai.djl.repository.zoo.ZooModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import verydeep.VerydeepException;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.RgbImage;
import verydeep.internal.djl.VggBlock;
import verydeep.localization.DenseLocalizer;
import verydeep.localization.FoundObject;
import verydeep.weights.Checkpoint;

/**
 * Checkpoints, classifiers and localizers as DJL models, for programs that speak DJL.
 *
 * <pre>{@code
 * import ai.djl.modality.cv.ImageFactory;
 *
 * try (var model = VggModel.of(Checkpoint.read("vgg16.pth")); var predictor = model.newPredictor()) {
 *   System.out.println(predictor.predict(ImageFactory.getInstance().fromFile(Path.of("cat.jpg"))));
 * }
 * }</pre>
 */
public final class VggModel {

  private VggModel() {}

  /**
   * Loads a checkpoint into DJL. Images are rescaled to a smallest side of 256 for an input of 224,
   * and in the same ratio for others, cropped in the center and preprocessed as the checkpoint
   * says.
   *
   * @param checkpoint the network with its weights and class names
   * @return the model, which the caller must close; its block is a {@link VggBlock}
   * @throws VerydeepException if the network has convolutions only, and therefore no classes
   */
  public static ZooModel<Image, Classifications> of(Checkpoint checkpoint) {
    if (checkpoint.network().classes() == 0) {
      throw new VerydeepException(
          "Network " + checkpoint.network().label() + " has no classes to predict.");
    }
    Model model = Model.newInstance("VGG " + checkpoint.network().label(), "PyTorch");
    try {
      VggBlock block = VggBlock.of(checkpoint.network());
      block.load(model.getNDManager(), checkpoint.parameters());
      model.setBlock(block);
      return new ZooModel<>(model, new CenterCropTranslator(checkpoint));
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  /**
   * Makes a classifier's answers those of a DJL predictor.
   *
   * @param classifier any classifier; it stays open when the model is closed
   * @return the model, which the caller must close; what its predictions call probabilities are
   *     decision values if the classifier gives such
   */
  public static ZooModel<Image, Classifications> of(Classifier classifier) {
    return model(
        classifier.name(),
        image -> {
          Classification answer = classifier.classify(image);
          List<Double> scores = new ArrayList<>();
          for (int k = 0; k < answer.classNames().size(); k++) {
            scores.add((double) answer.score(k));
          }
          return new Classifications(answer.classNames(), scores);
        });
  }

  /**
   * Makes what a localizer finds the detections of a DJL predictor.
   *
   * @param localizer a classifier with its localizers
   * @return the model, which the caller must close; boxes are fractions of the image's sides, as
   *     DJL wants them
   */
  public static ZooModel<Image, DetectedObjects> of(DenseLocalizer localizer) {
    return model(
        "dense localizer",
        image -> {
          List<String> names = new ArrayList<>();
          List<Double> scores = new ArrayList<>();
          List<BoundingBox> boxes = new ArrayList<>();
          for (FoundObject found : localizer.find(image)) {
            names.add(found.className());
            scores.add(found.score());
            boxes.add(
                new Rectangle(
                    found.box().left() / image.width(),
                    found.box().top() / image.height(),
                    found.box().width() / image.width(),
                    found.box().height() / image.height()));
          }
          return new DetectedObjects(names, scores, boxes);
        });
  }

  private static <T> ZooModel<Image, T> model(String name, Function<RgbImage, T> function) {
    Model model = Model.newInstance(name, "PyTorch");
    model.setBlock(Blocks.identityBlock());
    return new ZooModel<>(model, new WholeImageTranslator<>(function));
  }
}
