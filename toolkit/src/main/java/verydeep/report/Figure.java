package verydeep.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import verydeep.VerydeepException;
import verydeep.internal.files.AtomicFile;
import verydeep.internal.report.FigureWindow;

/**
 * A finished drawing: show it in a notebook, or save it. Charts have two pixels for each unit of
 * their layout, so that they stay sharp on high-resolution screens and on paper.
 */
public final class Figure {

  private final String title;
  private final BufferedImage image;
  private final int density;

  private Figure(String title, BufferedImage image, int density) {
    this.title = Objects.requireNonNull(title, "title");
    this.image = Objects.requireNonNull(image, "image");
    this.density = density;
  }

  /**
   * An image drawn elsewhere, to be shown and saved like the toolkit's own.
   *
   * @param title what it shows
   * @param image the pixels, not copied
   * @param density pixels for each unit of its layout: 2 for a chart drawn twice as large as it is
   *     shown, 1 for an image
   * @return the figure
   */
  public static Figure of(String title, BufferedImage image, int density) {
    return new Figure(title, image, density);
  }

  /**
   * What it shows.
   *
   * @return the title
   */
  public String title() {
    return title;
  }

  /**
   * The pixels.
   *
   * @return the image itself, not a copy
   */
  public BufferedImage image() {
    return image;
  }

  /**
   * How wide it is.
   *
   * @return pixels
   */
  public int width() {
    return image.getWidth();
  }

  /**
   * The width at which it is meant to be shown.
   *
   * @return units of its layout: half the pixels of a chart, all pixels of a sheet of images
   */
  public int layoutWidth() {
    return width() / density;
  }

  /**
   * How high it is.
   *
   * @return pixels
   */
  public int height() {
    return image.getHeight();
  }

  /**
   * The content of a PNG file.
   *
   * @return its bytes
   */
  public byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(image);
    } catch (IOException e) {
      throw new VerydeepException("The figure \"" + title + "\" cannot be encoded as PNG.", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * Saves it.
   *
   * @see #write(Path)
   * @param file its name ends with .png
   * @return the file
   */
  public Path write(String file) {
    return write(Path.of(file));
  }

  /**
   * Saves it as PNG, whole or not at all, replacing what was there; missing folders are created.
   *
   * @param file its name ends with .png
   * @return the file
   * @throws VerydeepException if the name ends otherwise or the file cannot be written
   */
  public Path write(Path file) {
    Path target = file.toAbsolutePath();
    if (!target.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new VerydeepException(
          "Figures are saved as .png files; the name given is " + file + ".");
    }
    try {
      AtomicFile.write(target, out -> out.write(png()));
    } catch (IOException e) {
      throw new VerydeepException("The figure " + file + " cannot be written: " + e, e);
    }
    return file;
  }

  /**
   * Opens it in a window, which closes with this JVM at the latest; a notebook shows figures by
   * itself. Where there is no display, it is written to a file whose name is printed.
   */
  public void show() {
    Path file;
    try {
      file = Files.createTempFile("verydeep-", ".png");
    } catch (IOException e) {
      throw new VerydeepException("The figure \"" + title + "\" cannot be shown: " + e, e);
    }
    write(file);
    if (FigureWindow.open(file, title, layoutWidth())) {
      file.toFile().deleteOnExit();
    } else {
      System.out.println(this + ": there is no display to show it on; it is in " + file);
    }
  }

  /** Its title and size. */
  @Override
  public String toString() {
    String size = ", " + width() + "x" + height() + " pixels";
    int room = 80 - size.length();
    String head = title.length() <= room ? title : title.substring(0, room - 1) + "…";
    return head + size;
  }
}
