package verydeep.data;

/**
 * Images to train with and images to watch the training with; none is in both.
 *
 * @param training for the gradient
 * @param validation for the learning rate's plateau and the best epoch
 */
public record Split(Images training, Images validation) {
  @Override
  public String toString() {
    return training.size() + " images for training, " + validation.size() + " for validation";
  }
}
