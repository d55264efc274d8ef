package verydeep.internal.images;

import java.util.function.Function;

/**
 * The pixels of images for other packages of the toolkit: without a copy, and without a public
 * method of the image. The class of images hands over how they are read when it is loaded.
 */
public final class SharedPixels {

  private static volatile Function<Object, byte[]> reading;

  private SharedPixels() {}

  /** Called once, by the class of images. */
  public static <I> void readBy(Class<I> type, Function<I, byte[]> pixels) {
    reading = image -> pixels.apply(type.cast(image));
  }

  /** Returns the interleaved pixels of an image themselves, which must not be changed. */
  public static byte[] of(Object image) {
    return reading.apply(image);
  }
}
