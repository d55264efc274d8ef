package verydeep.djl;

import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.util.function.Function;
import verydeep.data.RgbImage;

/**
 * Gives a whole image to a function of this toolkit, which computes by itself; DJL's block between
 * input and output has nothing to do.
 */
final class WholeImageTranslator<T> implements NoBatchifyTranslator<Image, T> {

  private static final String RESULT = "verydeep result";

  private final Function<RgbImage, T> function;

  WholeImageTranslator(Function<RgbImage, T> function) {
    this.function = function;
  }

  @Override
  public NDList processInput(TranslatorContext context, Image image) {
    RgbImage pixels = CenterCropTranslator.image(context, image);
    context.setAttachment(RESULT, function.apply(pixels));
    return new NDList(context.getNDManager().create(0f));
  }

  @Override
  @SuppressWarnings("unchecked") // what processInput put there
  public T processOutput(TranslatorContext context, NDList list) {
    return (T) context.getAttachment(RESULT);
  }

  @Override
  public Batchifier getBatchifier() {
    return null;
  }
}
