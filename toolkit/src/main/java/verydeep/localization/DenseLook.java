package verydeep.localization;

import verydeep.data.BoundingBox;
import verydeep.data.CropFrame;
import verydeep.data.Picture;
import verydeep.network.Activations;

/** What a classifier and a localisation network say of a picture at one scale, densely. */
final class DenseLook implements BoxMap {

  /** Pixels between neighbouring places: five poolings halve. */
  private static final int STRIDE = 32;

  private final Picture picture;
  private final int scale;
  private final boolean mirrored;
  private final Localizer localizer;
  private final String[] classes;
  private final double[][] posteriors; // by place
  private final int columns;
  private final Activations boxes;

  /**
   * A look.
   *
   * @param picture before rescaling
   * @param scale Q, that it was rescaled to
   * @param mirrored whether the networks saw its mirror image
   * @param localizer whose boxes these are
   * @param classes the classifier's
   * @param scores the classifier's, before the soft-max
   * @param boxes the localisation network's outputs, at the same places
   */
  DenseLook(
      Picture picture,
      int scale,
      boolean mirrored,
      Localizer localizer,
      String[] classes,
      Activations scores,
      Activations boxes) {
    this.picture = picture;
    this.scale = scale;
    this.mirrored = mirrored;
    this.localizer = localizer;
    this.classes = classes;
    this.boxes = boxes;
    columns = boxes.shape().width();
    posteriors = new double[boxes.shape().height() * columns][];
    for (int place = 0; place < posteriors.length; place++) {
      posteriors[place] = softMax(at(scores, place));
    }
  }

  private static double[] softMax(float[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      largest = Math.max(largest, score);
    }
    double[] posterior = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      posterior[i] = Math.exp(scores[i] - largest);
      sum += posterior[i];
    }
    for (int i = 0; i < scores.length; i++) {
      posterior[i] /= sum;
    }
    return posterior;
  }

  private static float[] at(Activations map, int place) {
    int places = map.shape().height() * map.shape().width();
    float[] values = new float[map.shape().channels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = map.values()[i * places + place];
    }
    return values;
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
    return CropFrame.place(picture.width(), picture.height(), scale, x, y, window, mirrored)
        .toPicture(localizer.regression().box(at(boxes, place), classes[label]))
        .clip(picture.width(), picture.height());
  }
}
