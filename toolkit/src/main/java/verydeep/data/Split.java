package verydeep.data;

/**
 * Images split in two, for training and for validation.
 *
 * @param training the images to train on
 * @param validation the images to validate on
 * @param <T> {@link Images} or {@link BoxedImages}
 */
public record Split<T>(T training, T validation) {}
