package verydeep.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.chartpart.IChart;
import verydeep.VerydeepException;
import verydeep.internal.files.AtomicFile;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Drawing;
import verydeep.internal.report.FigureWindow;

/**
 * A finished drawing: show it in a notebook, or save it. Charts have two pixels for each unit of
 * their layout, so that they stay sharp on high-resolution screens and on paper.
 */
public final class Figure {

  private static final int DENSITY = 2;
  private static final int COLUMNS = 100;

  private final String title;
  private final BufferedImage image;
  private final int density;
  private final IChart drawing;

  private Figure(String title, BufferedImage image, int density, IChart drawing) {
    this.title = Objects.requireNonNull(title, "title");
    this.image = Objects.requireNonNull(image, "image");
    this.density = density;
    this.drawing = drawing;
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
    return new Figure(title, image, density, null);
  }

  /**
   * A chart drawn with XChart, to be shown and saved like the toolkit's own. Its look is left as it
   * is.
   *
   * <pre>{@code
   * var chart = new org.knowm.xchart.XYChart(400, 300);
   * chart.addSeries("mine", new double[] {1, 2, 3}, new double[] {9, 4, 1});
   * Figure.of(chart).write("target/mine.svg");
   * }</pre>
   *
   * @param chart the chart, drawn again whenever it is saved
   * @return the figure, of the chart's own width and height
   */
  public static Figure of(IChart chart) {
    if (chart instanceof Drawing own) {
      return new Figure(own.getTitle(), own.image(), DENSITY, own);
    }
    String title = chart.getTitle() == null ? "" : chart.getTitle();
    Drawing drawing =
        Drawing.of(
            surface -> {
              Canvas canvas = new Canvas(surface, title, chart.getWidth(), chart.getHeight());
              canvas.paint(chart);
              return canvas;
            });
    return new Figure(title, drawing.image(), DENSITY, drawing);
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
    return FigureFile.png(this);
  }

  /**
   * XChart's chart in it, for what the toolkit does not offer: another look, a series more. Its
   * changes do not show in this figure, but in {@link #of(IChart)} of it. Of learning curves it is
   * the one of the loss; {@link #charts} has both.
   *
   * @return the chart; none in a sheet of images and in what is drawn without XChart
   */
  public Optional<Chart<?, ?>> chart() {
    return charts().stream().findFirst();
  }

  /**
   * XChart's charts in it.
   *
   * @return from left to right
   */
  public List<Chart<?, ?>> charts() {
    return drawing instanceof Drawing own ? own.charts() : List.of();
  }

  /**
   * The figure in characters, for a terminal without images: its title, and darker blocks where
   * more ink is (XChart's console encoder). Lines and bars can be told; small text cannot be read.
   *
   * <pre>{@code
   * println(Charts.depth(Vgg.of(D).build()).text());
   * }</pre>
   *
   * @return lines of up to 100 characters
   */
  public String text() {
    return text(COLUMNS);
  }

  /**
   * The same in another width.
   *
   * @param columns characters in a line, 20 to 1,000
   * @return the lines
   * @throws VerydeepException if that is too narrow or too wide
   */
  public String text(int columns) {
    return FigureText.of(this, columns);
  }

  /**
   * Saves it.
   *
   * @see #write(Path)
   * @param file its name ends with .png, .svg or .pdf
   * @return the file
   */
  public Path write(String file) {
    return write(Path.of(file));
  }

  /**
   * Saves it, whole or not at all, replacing what was there; missing folders are created. A chart's
   * lines and letters stay sharp at any size in SVG and in PDF; sheets of images are PNG only.
   *
   * @param file its name ends with .png, .svg or .pdf
   * @return the file
   * @throws VerydeepException if the name ends otherwise, if a sheet of images is to become
   *     vectors, if XChart's optional library for vectors is missing ({@code
   *     de.erichseifert.vectorgraphics2d:VectorGraphics2D} for SVG, {@code
   *     de.rototor.pdfbox:graphics2d} for PDF), or if the file cannot be written
   */
  public Path write(Path file) {
    byte[] content = FigureFile.of(this, drawing, file);
    try {
      AtomicFile.write(file.toAbsolutePath(), out -> out.write(content));
    } catch (IOException e) {
      throw new VerydeepException("The figure " + file + " cannot be written: " + e, e);
    }
    return file;
  }

  /**
   * Opens it in a window, which closes with this JVM at the latest; a notebook shows figures by
   * itself. Where there is no display, it is printed in characters ({@link #text()}), with the name
   * of a file that has it.
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
      System.out.println(text());
      System.out.println("There is no display to show it on; it is in " + file + ".");
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
