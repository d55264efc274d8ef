package verydeep.djl;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import verydeep.data.RgbImage;
import verydeep.weights.Checkpoint;

/**
 * Converts an image to the network's input and its scores to probabilities, as DJL's contract
 * requires.
 */
final class CenterCropTranslator implements Translator<Image, Classifications> {

  /** The usual ratio: 256 pixels for a crop of 224. */
  private static final double MARGIN = 256.0 / 224;

  private final Checkpoint checkpoint;

  CenterCropTranslator(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  @Override
  public NDList processInput(TranslatorContext context, Image image) {
    int side = checkpoint.network().input();
    RgbImage crop = image(context, image).rescale((int) Math.round(side * MARGIN)).centerCrop(side);
    FloatBuffer pixels = FloatBuffer.allocate(3 * side * side);
    checkpoint.preprocessing().write(crop, pixels);
    return new NDList(context.getNDManager().create(pixels.flip(), new Shape(3, side, side)));
  }

  static RgbImage image(TranslatorContext context, Image image) {
    if (image.getWrappedImage() instanceof BufferedImage buffered) {
      return RgbImage.of(buffered);
    }
    byte[] rgb =
        image.toNDArray(context.getNDManager()).toType(DataType.UINT8, false).toByteArray();
    return RgbImage.of(image.getWidth(), image.getHeight(), rgb);
  }

  @Override
  public Classifications processOutput(TranslatorContext context, NDList scores) {
    return new Classifications(checkpoint.classNames(), scores.singletonOrThrow().softmax(0));
  }

  @Override
  public Batchifier getBatchifier() {
    return Batchifier.STACK;
  }
}
