package verydeep.djl;

import ai.djl.Model;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.repository.zoo.ZooModel;
import verydeep.VerydeepException;
import verydeep.internal.djl.VggBlock;
import verydeep.weights.Checkpoint;

/**
 * A checkpoint as a DJL model, whose predictors map images to class scores.
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
}
