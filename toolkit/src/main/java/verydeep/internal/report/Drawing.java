package verydeep.internal.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.chartpart.IChart;

/**
 * A canvas that can be drawn again and again, so that XChart's encoders take it: as vectors for SVG
 * and PDF, as characters for a terminal.
 */
public final class Drawing implements IChart {

  private static final int DENSITY = 2;

  private final Function<Surface, Canvas> drawn;
  private final Canvas first;

  private Drawing(Function<Surface, Canvas> drawn) {
    this.drawn = drawn;
    this.first = drawn.apply(Surface.pixels(DENSITY));
    first.dispose();
  }

  /** What this function draws, again on each surface. */
  public static Drawing of(Function<Surface, Canvas> drawn) {
    return new Drawing(drawn);
  }

  /** The pixels, two for each unit of the layout. */
  public BufferedImage image() {
    return Palette.reduced(first.image());
  }

  /** XChart's charts on it. */
  public List<Chart<?, ?>> charts() {
    return first.charts();
  }

  @Override
  public void paint(Graphics2D graphics, int width, int height) {
    drawn.apply(Surface.on(graphics)).dispose();
  }

  @Override
  public int getWidth() {
    return first.image().getWidth() / DENSITY;
  }

  @Override
  public int getHeight() {
    return first.image().getHeight() / DENSITY;
  }

  @Override
  public String getTitle() {
    return first.title();
  }
}
