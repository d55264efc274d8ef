package verydeep.localization;

import java.util.Arrays;
import verydeep.data.BoundingBox;
import verydeep.internal.inference.Posteriors;
import verydeep.internal.passes.Activations;

/** The dense outputs of a classifier and a localization network for an image at one scale. */
final class DenseView implements BoxMerging.BoxMap {

  /** Pixels between neighboring places: each of five poolings halves the resolution. */
  private static final int STRIDE = 32;

  private final Frame frame;
  private final Localizer localizer;
  private final String[] classes;
  private final double[][] posteriors; // by place
  private final int columns;
  private final float[][] boxes; // by place

  /**
   * Creates a view.
   *
   * @param localizer the network that the boxes come from
   * @param classes the classifier's classes
   * @param scores the classifier's scores at each place, before the softmax
   * @param boxes the localization network's outputs at the same places
   */
  DenseView(Frame frame, Localizer localizer, String[] classes, Places scores, Places boxes) {
    this.frame = frame;
    this.localizer = localizer;
    this.classes = classes;
    this.boxes = boxes.values();
    columns = boxes.columns();
    posteriors = Arrays.stream(scores.values()).map(Posteriors::softMax).toArray(double[][]::new);
  }

  /**
   * How an image was shown to the networks.
   *
   * @param width the image's width before rescaling, in pixels
   * @param height the image's height before rescaling, in pixels
   * @param scale Q, the shorter side after rescaling
   * @param flipped whether the networks saw the flipped image
   */
  record Frame(int width, int height, int scale, boolean flipped) {}

  /**
   * A network's outputs at all places.
   *
   * @param columns the number of places in a row
   * @param values the values by place, then by output
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Places(int columns, float[][] values) {

    /** Returns the outputs for one image of a batch. */
    static Places of(Activations map, int image) {
      int places = map.shape().height() * map.shape().width();
      int from = image * Math.toIntExact(map.shape().size());
      float[][] values = new float[places][map.shape().channels()];
      for (int channel = 0; channel < map.shape().channels(); channel++) {
        for (int place = 0; place < places; place++) {
          values[place][channel] = map.values()[from + channel * places + place];
        }
      }
      return new Places(map.shape().width(), values);
    }
  }

  @Override
  public int places() {
    return posteriors.length;
  }

  @Override
  public int classes() {
    return classes.length;
  }

  @Override
  public double score(int place, int label) {
    return posteriors[place][label];
  }

  @Override
  public BoundingBox box(int place, int label) {
    int x = STRIDE * (place % columns);
    int y = STRIDE * (place / columns);
    int window = localizer.checkpoint().network().input();
    return CropFrame.place(
            frame.width(), frame.height(), frame.scale(), x, y, window, frame.flipped())
        .toImage(localizer.regression().box(boxes[place], classes[label]))
        .clip(frame.width(), frame.height());
  }
}
