package verydeep.data;

/**
 * Images divided in two: to train on, and to validate with.
 *
 * @param training the images to train on
 * @param validation the others
 * @param <T> {@link Images} or {@link BoxedImages}
 */
public record Split<T>(T training, T validation) {}
