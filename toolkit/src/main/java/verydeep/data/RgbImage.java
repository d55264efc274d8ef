package verydeep.data;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import verydeep.VerydeepException;

/**
 * An 8-bit RGB image; x counts from the left, y from the top. Immutable.
 *
 * <p>Sizes change as torchvision's transforms on Pillow images do it, bit for bit.
 */
public final class RgbImage {
  /**
   * The most pixels that {@link #read(Path)} accepts: Pillow's limit against decompression bombs.
   */
  public static final long MOST_PIXELS = 178_956_970;

  private final int width;
  private final int height;
  private final byte[] rgb;

  /** Takes the array, does not copy it. */
  RgbImage(int width, int height, byte[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /**
   * Reads a JPEG (RGB, gray, CMYK; turned as EXIF says), PNG, GIF (first frame) or BMP file. Color
   * profiles are ignored and alpha is dropped, as Pillow's {@code convert("RGB")} does; of 16 bits
   * the upper 8 are kept.
   *
   * @param file a path
   * @return its pixels
   * @throws UnreadableImageException if it is missing, not an image, damaged, truncated, or larger
   *     than {@link #MOST_PIXELS}
   */
  public static RgbImage read(Path file) {
    return read(file, MOST_PIXELS);
  }

  /**
   * Reads a file as {@link #read(Path)} does.
   *
   * @param file a path
   * @return its pixels
   * @throws UnreadableImageException if the file is no such image
   */
  public static RgbImage read(String file) {
    return read(Path.of(file));
  }

  /**
   * Reads a file as {@link #read(Path)} does, with another bound on its size.
   *
   * @param file a path
   * @param mostPixels width times height at most, checked before memory is taken
   * @return its pixels
   * @throws UnreadableImageException if the file is no such image
   */
  public static RgbImage read(Path file, long mostPixels) {
    return Decoding.read(Objects.requireNonNull(file, "file"), mostPixels);
  }

  /**
   * An image of given pixels.
   *
   * @param width pixels in a row
   * @param height number of rows
   * @param rgbInterleaved red, green, blue of each pixel, row by row, {@code 3 * width * height}
   *     bytes; copied
   * @return the image
   */
  public static RgbImage of(int width, int height, byte[] rgbInterleaved) {
    if (width < 1 || height < 1 || 3L * width * height != rgbInterleaved.length) {
      throw new VerydeepException(
          "an image of %d x %d pixels needs %d bytes, got %d"
              .formatted(width, height, 3L * width * height, rgbInterleaved.length));
    }
    return new RgbImage(width, height, rgbInterleaved.clone());
  }

  /**
   * An image of an image's colors; alpha is dropped, of 16 bits the upper 8 are kept.
   *
   * @param image of any type
   * @return the image
   */
  public static RgbImage of(BufferedImage image) {
    return new RgbImage(image.getWidth(), image.getHeight(), Rasters.rgb(image));
  }

  /** {@return the pixels in a row} */
  public int width() {
    return width;
  }

  /** {@return the number of rows} */
  public int height() {
    return height;
  }

  /** {@return the smaller of width and height: S and Q of the paper measure this} */
  public int smallestSide() {
    return Math.min(width, height);
  }

  /**
   * Red at column x of row y, 0-255.
   *
   * @param x the column, from the left
   * @param y the row, from the top
   * @return 0 to 255
   */
  public int red(int x, int y) {
    return rgb[at(x, y)] & 0xff;
  }

  /**
   * Green at column x of row y, 0-255.
   *
   * @param x the column, from the left
   * @param y the row, from the top
   * @return 0 to 255
   */
  public int green(int x, int y) {
    return rgb[at(x, y) + 1] & 0xff;
  }

  /**
   * Blue at column x of row y, 0-255.
   *
   * @param x the column, from the left
   * @param y the row, from the top
   * @return 0 to 255
   */
  public int blue(int x, int y) {
    return rgb[at(x, y) + 2] & 0xff;
  }

  /**
   * Resizes to exactly this size: bilinear with antialias, equal to Pillow's {@code
   * Image.resize((width, height), BILINEAR)} to the bit.
   *
   * @param width the new width, pixels
   * @param height the new height, pixels
   * @return the resized image
   */
  public RgbImage resize(int width, int height) {
    if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
      throw new VerydeepException(
          "cannot resize to %d x %d: a side is at least 1, all pixels at most %d"
              .formatted(width, height, MOST_PIXELS));
    }
    return resizedCrop(width, height, 0, 0, width, height);
  }

  /** The same as {@code resize(w, h).crop(x, y, cropWidth, cropHeight)}, computing no more. */
  RgbImage resizedCrop(int w, int h, int x, int y, int cropWidth, int cropHeight) {
    if (w == width && h == height) {
      return crop(x, y, cropWidth, cropHeight);
    }
    byte[] out = new Resampling().window(rgb, width, height, w, h, x, y, cropWidth, cropHeight);
    return new RgbImage(cropWidth, cropHeight, Arrays.copyOf(out, 3 * cropWidth * cropHeight));
  }

  /**
   * Resizes isotropically (sections 3.1 and 3.2).
   *
   * @param smallestSide the new smallest side, S or Q; the other becomes {@code smallestSide *
   *     longer / shorter}, rounded down as torchvision's Resize does
   * @return the resized image
   */
  public RgbImage rescale(int smallestSide) {
    return resize(
        rescaled(width, smallestSide, smallestSide()),
        rescaled(height, smallestSide, smallestSide()));
  }

  /**
   * A side's length once the smallest side is S.
   *
   * @param side its length now, pixels
   * @param scale S
   * @param smallestSide the smallest side's length now
   * @return pixels
   * @throws VerydeepException if the image is too thin
   */
  public static int rescaled(int side, int scale, int smallestSide) {
    long length = (long) scale * side / smallestSide;
    if (length > Integer.MAX_VALUE / 3) {
      throw new VerydeepException(
          "an image of %d x %d pixels is too thin to rescale to a smallest side of %d"
              .formatted(smallestSide, side, scale));
    }
    return (int) length;
  }

  /**
   * The rectangle with its upper left corner at (x, y), which must lie inside.
   *
   * @param x of the corner
   * @param y of the corner
   * @param width pixels in a row
   * @param height number of rows
   * @return a copy of these pixels
   */
  public RgbImage crop(int x, int y, int width, int height) {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw cropOutside(x, y, width, height);
    }
    if (x > this.width - width || y > this.height - height) {
      throw cropOutside(x, y, width, height);
    }
    byte[] out = new byte[3 * width * height];
    for (int row = 0; row < height; row++) {
      System.arraycopy(rgb, at(x, y + row), out, 3 * row * width, 3 * width);
    }
    return new RgbImage(width, height, out);
  }

  /**
   * The pixels that a box touches.
   *
   * @param box what of it reaches out of the image is cut off
   * @return a copy of these pixels
   * @throws VerydeepException if it lies outside
   */
  public RgbImage crop(BoundingBox box) {
    BoundingBox inside = box.clip(width, height);
    if (inside.area() == 0) {
      throw new VerydeepException(
          "the box %s lies outside of an image of %d x %d".formatted(box, width, height));
    }
    int left = (int) Math.floor(inside.left());
    int top = (int) Math.floor(inside.top());
    int right = (int) Math.ceil(inside.right());
    int bottom = (int) Math.ceil(inside.bottom());
    return crop(left, top, right - left, bottom - top);
  }

  /**
   * The square in the middle, where torchvision's CenterCrop puts it.
   *
   * @param side its side in pixels, at most the smallest side
   * @return a copy of these pixels
   */
  public RgbImage centerCrop(int side) {
    return crop(centered(width, side), centered(height, side), side, side);
  }

  /** Where a centered window begins: half the rest, a half rounded to even as Python does. */
  static int centered(int length, int window) {
    return (int) Math.rint((length - window) / 2.0);
  }

  /** {@return the flipped image: left and right exchanged} */
  public RgbImage flip() {
    return new RgbImage(width, height, Orientation.FLIPPED.apply(width, height, rgb));
  }

  /** {@return a copy as an image of type {@code TYPE_3BYTE_BGR}} */
  public BufferedImage toBufferedImage() {
    return Rasters.image(width, height, rgb);
  }

  /** The pixels themselves, interleaved; not to be changed. */
  byte[] rgb() {
    return rgb;
  }

  private int at(int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      throw new IndexOutOfBoundsException(
          "no pixel (%d, %d) in an image of %d x %d".formatted(x, y, width, height));
    }
    return 3 * (y * width + x);
  }

  private VerydeepException cropOutside(int x, int y, int width, int height) {
    return new VerydeepException(
        "a crop of %d x %d at (%d, %d) does not lie in an image of %d x %d"
            .formatted(width, height, x, y, this.width, this.height));
  }

  /** Two images are equal if they have the same size and pixels. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RgbImage that
        && width == that.width
        && height == that.height
        && Arrays.equals(rgb, that.rgb);
  }

  @Override
  public int hashCode() {
    return 31 * width + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "RgbImage of " + width + " x " + height + " pixels";
  }
}
