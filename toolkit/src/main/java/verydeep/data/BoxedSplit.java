package verydeep.data;

/**
 * Images with boxes to train with, and to watch the training with; none is in both.
 *
 * @param training for the gradient
 * @param validation for the learning rate's plateau and the best epoch
 */
public record BoxedSplit(BoxedImages training, BoxedImages validation) {
  @Override
  public String toString() {
    return training.size() + " images for training, " + validation.size() + " for validation";
  }
}
