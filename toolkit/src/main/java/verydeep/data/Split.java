package verydeep.data;

/**
 * Pictures to train with and pictures to watch the training with; none is in both.
 *
 * @param training for the gradient
 * @param validation for the learning rate's plateau and the best epoch
 */
public record Split(Images training, Images validation) {
  @Override
  public String toString() {
    return training.size() + " pictures for training, " + validation.size() + " for validation";
  }
}
