package verydeep.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The paper's two measures (section 4): top-1, the share of images whose class does not have the
 * highest score; top-5, the share whose class is not among the five highest.
 *
 * @param top1 the top-1 error; of boxes the only one
 * @param top5 the top-5 error; empty for boxes, and where there are five classes or fewer
 */
public record ErrorRates(ErrorRate top1, Optional<ErrorRate> top5) {

  /** The most classes without a top-5 error. */
  private static final int FIVE = 5;

  /**
   * Checks that both are there.
   *
   * @param top1 the top-1 error; of boxes the only one
   * @param top5 the top-5 error; empty for boxes, and where there are five classes or fewer
   */
  public ErrorRates {
    Objects.requireNonNull(top1, "top1");
    Objects.requireNonNull(top5, "top5");
  }

  /**
   * Of answers of which only the first counts.
   *
   * @param error the share of wrong ones
   * @return the error without a top-5 error
   */
  public static ErrorRates of(ErrorRate error) {
    return new ErrorRates(error, Optional.empty());
  }

  /**
   * Of classes.
   *
   * @param top1 the top-1 error
   * @param top5 the top-5 error
   * @return both
   */
  public static ErrorRates of(ErrorRate top1, ErrorRate top5) {
    return new ErrorRates(top1, Optional.of(top5));
  }

  static ErrorRates of(List<Prediction> predictions, int classes) {
    int wrong1 = 0;
    int wrong5 = 0;
    for (Prediction prediction : predictions) {
      int rank = prediction.rank();
      wrong1 += rank > 1 ? 1 : 0;
      wrong5 += rank > FIVE ? 1 : 0;
    }
    ErrorRate top1 = new ErrorRate(wrong1, predictions.size());
    return classes <= FIVE ? of(top1) : of(top1, new ErrorRate(wrong5, predictions.size()));
  }

  /** With their intervals. */
  @Override
  public String toString() {
    return top5.map(error -> "top-1 error " + top1 + ", top-5 error " + error)
        .orElseGet(() -> "error " + top1);
  }
}
