package verydeep.evaluation;

/**
 * The paper's two measures (section 4): top-1, the share of images whose class does not have the
 * highest score; top-5, the share whose class is not among the five highest.
 *
 * @param top1 the top-1 error
 * @param top5 the top-5 error; of all classes, and so 0, where there are five or fewer
 */
public record ErrorRates(ErrorRate top1, ErrorRate top5) {

  static ErrorRates of(Iterable<Prediction> predictions) {
    int images = 0;
    int wrong1 = 0;
    int wrong5 = 0;
    for (Prediction prediction : predictions) {
      images++;
      int rank = prediction.rank();
      wrong1 += rank > 1 ? 1 : 0;
      wrong5 += rank > 5 ? 1 : 0;
    }
    return new ErrorRates(new ErrorRate(wrong1, images), new ErrorRate(wrong5, images));
  }

  /** Both with their intervals. */
  @Override
  public String toString() {
    return "top-1 error " + top1 + ", top-5 error " + top5;
  }
}
