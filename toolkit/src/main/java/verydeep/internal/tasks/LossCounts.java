package verydeep.internal.tasks;

/**
 * The counts of a step, from before it changed the weights.
 *
 * @param loss the sum of the images' losses
 * @param wrong images whose class did not have the highest score
 * @param wrongOfFive images whose class did not have one of the five highest scores
 * @param images the number of images
 */
public record LossCounts(double loss, int wrong, int wrongOfFive, int images) {

  public static final LossCounts NONE = new LossCounts(0, 0, 0, 0);

  public static LossCounts of(double loss, float[] scores, int[] labels) {
    int classes = scores.length / labels.length;
    int wrong = 0;
    int wrongOfFive = 0;
    for (int i = 0; i < labels.length; i++) {
      float own = scores[i * classes + labels[i]];
      int ahead = 0;
      for (int k = 0; k < classes; k++) {
        if (k != labels[i] && !(scores[i * classes + k] < own)) {
          ahead++; // equal scores count against it, and so does one that is not a number
        }
      }
      wrong += ahead > 0 ? 1 : 0;
      wrongOfFive += ahead > 4 ? 1 : 0;
    }
    return new LossCounts(loss, wrong, wrongOfFive, labels.length);
  }

  public LossCounts plus(LossCounts other) {
    return new LossCounts(
        loss + other.loss,
        wrong + other.wrong,
        wrongOfFive + other.wrongOfFive,
        images + other.images);
  }

  public double meanLoss() {
    return loss / images;
  }
}
