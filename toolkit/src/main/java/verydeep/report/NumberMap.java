package verydeep.report;

import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import verydeep.VerydeepException;
import verydeep.internal.report.Canvas;

/** Numbers in rows and columns as gray values. */
final class NumberMap {

  private static final int SIDE = 384;
  private static final int MARGIN = 12;
  private static final int HEAD = 440;

  private NumberMap() {}

  static Figure of(float[][] numbers) {
    int rows = numbers.length;
    int columns = rows == 0 ? 0 : numbers[0].length;
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float[] row : numbers) {
      if (row.length != columns || columns == 0) {
        throw new VerydeepException(
            "A map of numbers needs rows of equal length, 1 or more; the first has %d, another %d."
                .formatted(columns, row.length));
      }
      for (float number : row) {
        low = Math.min(low, number);
        high = Math.max(high, number);
      }
    }
    if (rows == 0) {
      throw new VerydeepException("A map of numbers needs at least one number; none was given.");
    }
    int cell = Math.max(1, SIDE / Math.max(rows, columns));
    Canvas canvas =
        new Canvas(
            "Map of numbers",
            String.format(
                Locale.ROOT,
                "%d rows, %d columns, from %s (black) to %s (white)",
                rows,
                columns,
                number(low),
                number(high)),
            List.of(),
            Math.max(HEAD, columns * cell + 2 * MARGIN),
            rows * cell + MARGIN,
            1);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float share = high > low ? (numbers[row][column] - low) / (high - low) : 0.5f;
        int gray = Float.isFinite(share) ? Math.round(255 * share) : 0;
        canvas.graphics().setColor(new Color(gray, gray, gray));
        canvas.graphics().fillRect(MARGIN + column * cell, canvas.top() + row * cell, cell, cell);
      }
    }
    return canvas.to(Figure::of);
  }

  private static String number(float number) {
    return new DecimalFormat("0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
  }
}
