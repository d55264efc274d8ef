package verydeep.report;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.knowm.xchart.ConsoleEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import verydeep.VerydeepException;

/** A figure in characters, drawn by XChart's console encoder. */
final class FigureText {

  private static final int FEWEST = 20;
  private static final int MOST = 1000;

  /** A character of a terminal is about twice as high as it is wide. */
  private static final int TALL = 2;

  private FigureText() {}

  static String of(Figure figure, int columns) {
    if (columns < FEWEST || columns > MOST) {
      throw new VerydeepException(
          "A figure in characters is %d to %,d of them wide; %d were given."
              .formatted(FEWEST, MOST, columns));
    }
    int rows = Math.max(1, columns * figure.height() / figure.width() / TALL);
    String drawn = ConsoleEncoder.getConsoleString(new Pixels(figure), columns, rows);
    return figure.title()
        + "\n"
        + Arrays.stream(drawn.split("\n"))
            .map(String::stripTrailing)
            .collect(Collectors.joining("\n"));
  }

  /** The finished image as XChart's encoders take it. */
  private record Pixels(Figure figure) implements IChart {

    @Override
    public void paint(Graphics2D graphics, int width, int height) {
      graphics.drawImage(figure.image(), 0, 0, null);
    }

    @Override
    public int getWidth() {
      return figure.width();
    }

    @Override
    public int getHeight() {
      return figure.height();
    }

    @Override
    public String getTitle() {
      return figure.title();
    }
  }
}
