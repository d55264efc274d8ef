package verydeep.data;

import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.internal.images.Resampling;
import verydeep.internal.images.SharedPixels;

/**
 * An 8-bit RGB image; x counts from the left, y from the top. Immutable.
 *
 * <p>Resizing matches torchvision's transforms on Pillow images, bit for bit.
 */
public final class RgbImage {
  /**
   * The most pixels that {@link #read(Path)} accepts: Pillow's limit against decompression bombs.
   */
  public static final long MOST_PIXELS = 178_956_970;

  static {
    SharedPixels.readBy(RgbImage.class, RgbImage::rgb);
  }

  private final int width;
  private final int height;
  private final byte[] rgb;

  /** Keeps the array without copying it. */
  RgbImage(int width, int height, byte[] rgb) {
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /**
   * Reads a JPEG (RGB, gray, CMYK), PNG, GIF (first frame), BMP, WebP (first frame), TIFF (first
   * page) or PNM file, whatever its name, rotated as EXIF or XMP says. Color profiles are ignored
   * and alpha is dropped, as Pillow's {@code convert("RGB")} does; of 16-bit values the upper 8
   * bits are kept. All but lossy WebP are within two levels of Pillow's, and nearly all are equal.
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
   * @throws UnreadableImageException if the file is not such an image
   */
  public static RgbImage read(String file) {
    return read(Path.of(file));
  }

  /**
   * Reads a file as {@link #read(Path)} does, with a different limit on its size.
   *
   * @param file a path
   * @param mostPixels the largest width times height, checked before memory is allocated
   * @return its pixels
   * @throws UnreadableImageException if the file is not such an image
   */
  public static RgbImage read(Path file, long mostPixels) {
    return Decoding.read(Objects.requireNonNull(file, "file"), mostPixels);
  }

  /**
   * Decodes an image that was read already, as {@link #read(Path)} decodes a file.
   *
   * @param file the content of an image file
   * @return its pixels
   * @throws UnreadableImageException if it is not such an image
   */
  public static RgbImage read(byte[] file) {
    return Decoding.read(file, "of " + file.length + " bytes");
  }

  /**
   * Decodes an image from a stream, such as an upload, as {@link #read(Path)} decodes a file. The
   * stream is read to its end and not closed.
   *
   * @param in the content of an image file, at most a gibibyte
   * @return its pixels
   * @throws UnreadableImageException if it cannot be read, or is not such an image
   */
  public static RgbImage read(InputStream in) {
    return Decoding.read(Objects.requireNonNull(in, "in"));
  }

  /**
   * Creates an image from pixels.
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
          "An image of %d x %d pixels needs %d bytes, not %d."
              .formatted(width, height, 3L * width * height, rgbInterleaved.length));
    }
    return new RgbImage(width, height, rgbInterleaved.clone());
  }

  /**
   * Creates an image from a Java image; alpha is dropped, and of 16-bit values the upper 8 bits are
   * kept.
   *
   * @param image an image of any type
   * @return the image
   */
  public static RgbImage of(BufferedImage image) {
    return new RgbImage(image.getWidth(), image.getHeight(), Rasters.rgb(image));
  }

  /** {@return the width: the number of pixels in a row} */
  public int width() {
    return width;
  }

  /** {@return the height: the number of rows} */
  public int height() {
    return height;
  }

  /** {@return the smaller of width and height, which the paper's S and Q measure} */
  public int smallestSide() {
    return Math.min(width, height);
  }

  /**
   * Returns the red value at column x of row y.
   *
   * @param x the column, from the left
   * @param y the row, from the top
   * @return the value, from 0 to 255
   */
  public int red(int x, int y) {
    return rgb[at(x, y)] & 0xff;
  }

  /**
   * Returns the green value at column x of row y.
   *
   * @param x the column, from the left
   * @param y the row, from the top
   * @return the value, from 0 to 255
   */
  public int green(int x, int y) {
    return rgb[at(x, y) + 1] & 0xff;
  }

  /**
   * Returns the blue value at column x of row y.
   *
   * @param x the column, from the left
   * @param y the row, from the top
   * @return the value, from 0 to 255
   */
  public int blue(int x, int y) {
    return rgb[at(x, y) + 2] & 0xff;
  }

  /**
   * Resizes to exactly this size: bilinear with antialiasing, bit for bit equal to Pillow's {@code
   * Image.resize((width, height), BILINEAR)}.
   *
   * @param width the new width in pixels
   * @param height the new height in pixels
   * @return the resized image
   */
  public RgbImage resize(int width, int height) {
    if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
      throw new VerydeepException(
          "Cannot resize to %d x %d; each side must be at least 1, with at most %d pixels in total."
              .formatted(width, height, MOST_PIXELS));
    }
    return resizedCrop(width, height, 0, 0, width, height);
  }

  /** Equals {@code resize(w, h).crop(x, y, cropWidth, cropHeight)}, but computes only the crop. */
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
   * Returns a side's length once the smallest side is rescaled to S.
   *
   * @param side its current length in pixels
   * @param scale S
   * @param smallestSide the current length of the smallest side
   * @return pixels
   * @throws VerydeepException if the image is too thin
   */
  public static int rescaled(int side, int scale, int smallestSide) {
    long length = (long) scale * side / smallestSide;
    if (length > Integer.MAX_VALUE / 3) {
      throw new VerydeepException(
          "An image of %d x %d pixels is too thin to rescale to a smallest side of %d."
              .formatted(smallestSide, side, scale));
    }
    return (int) length;
  }

  /**
   * Crops to the rectangle with its top left corner at (x, y), which must lie inside the image.
   *
   * @param x x of the corner
   * @param y y of the corner
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
   * Crops to the pixels a box touches.
   *
   * @param box the box; parts outside the image are cut off
   * @return a copy of these pixels
   * @throws VerydeepException if the box lies outside the image
   */
  public RgbImage crop(BoundingBox box) {
    BoundingBox inside = box.clip(width, height);
    if (inside.area() == 0) {
      throw new VerydeepException(
          "The box %s lies outside an image of %d x %d.".formatted(box, width, height));
    }
    int left = (int) Math.floor(inside.left());
    int top = (int) Math.floor(inside.top());
    int right = (int) Math.ceil(inside.right());
    int bottom = (int) Math.ceil(inside.bottom());
    return crop(left, top, right - left, bottom - top);
  }

  /**
   * Crops to the square in the middle, where torchvision's CenterCrop puts it.
   *
   * @param side its side in pixels, no more than the smallest side
   * @return a copy of these pixels
   */
  public RgbImage centerCrop(int side) {
    return crop(centered(width, side), centered(height, side), side, side);
  }

  /**
   * Returns where a centered window begins: half the remainder, with a half rounded to even as in
   * Python.
   */
  static int centered(int length, int window) {
    return (int) Math.rint((length - window) / 2.0);
  }

  /** {@return the image flipped horizontally} */
  public RgbImage flip() {
    return new RgbImage(width, height, Orientation.FLIPPED.apply(width, height, rgb));
  }

  /** {@return a copy as an image of type {@code TYPE_3BYTE_BGR}} */
  public BufferedImage toBufferedImage() {
    return Rasters.image(width, height, rgb);
  }

  /** Returns the interleaved pixels themselves, which must not be changed. */
  byte[] rgb() {
    return rgb;
  }

  private int at(int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      throw new IndexOutOfBoundsException(
          "There is no pixel (%d, %d) in an image of %d x %d.".formatted(x, y, width, height));
    }
    return 3 * (y * width + x);
  }

  private VerydeepException cropOutside(int x, int y, int width, int height) {
    return new VerydeepException(
        "A crop of %d x %d at (%d, %d) does not lie inside an image of %d x %d."
            .formatted(width, height, x, y, this.width, this.height));
  }

  /** Returns whether the other object is an image with the same size and pixels. */
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
