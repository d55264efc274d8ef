package verydeep.inspection;

import java.util.Locale;
import java.util.Objects;
import verydeep.VerydeepException;

/** How much each place of an image speaks for a class. Immutable. */
public final class AttributionMap {

  private final String className;
  private final double score;
  private final double bias;
  private final Grid grid;
  private final float[] values;

  private AttributionMap(String className, double score, double bias, Grid grid, float[] values) {
    this.className = className;
    this.score = score;
    this.bias = bias;
    this.grid = grid;
    this.values = values;
  }

  /**
   * Where the cells of a map lie in its image.
   *
   * @param rows the number of rows of cells
   * @param columns the number of columns of cells
   * @param left the x of the centers of the first column, in pixels from the image's left edge
   * @param top the y of the centers of the first row, in pixels from the image's top edge
   * @param across the distance between the centers of neighboring columns in pixels
   * @param down the distance between the centers of neighboring rows in pixels
   */
  public record Grid(int rows, int columns, double left, double top, double across, double down) {

    /**
     * Checks the sizes.
     *
     * @param rows the number of rows of cells
     * @param columns the number of columns of cells
     * @param left the x of the centers of the first column, in pixels from the image's left edge
     * @param top the y of the centers of the first row, in pixels from the image's top edge
     * @param across the distance between the centers of neighboring columns in pixels
     * @param down the distance between the centers of neighboring rows in pixels
     */
    public Grid {
      if (rows < 1 || columns < 1 || !(across > 0) || !(down > 0)) {
        throw new VerydeepException(
            "A map needs at least one row and one column at positive distances; it was given %d and"
                    .formatted(rows)
                + " %d at distances of %s and %s pixels.".formatted(columns, down, across));
      }
    }

    /**
     * Returns the grid of an image's own pixels.
     *
     * @param height its rows
     * @param width its columns
     * @return a cell for each pixel
     */
    public static Grid pixels(int height, int width) {
      return new Grid(height, width, 0.5, 0.5, 1, 1);
    }
  }

  /**
   * Creates a map, for methods of your own.
   *
   * @param className the class
   * @param score the class's score for the whole image
   * @param bias what of the score no place accounts for; 0 if the values do not sum to the score
   * @param grid where the cells lie
   * @param values a value for each cell, row by row; above 0 if the place speaks for the class,
   *     below 0 if against it
   * @return the map
   * @throws VerydeepException if there is not one value for each cell, or one is not finite
   */
  public static AttributionMap of(
      String className, double score, double bias, Grid grid, float[] values) {
    Objects.requireNonNull(className, "className");
    if (values.length != (long) grid.rows() * grid.columns()) {
      throw new VerydeepException(
          "A map of %d rows and %d columns needs as many values; it was given %d."
              .formatted(grid.rows(), grid.columns(), values.length));
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new VerydeepException(
            "The map of class \"%s\" has a value that is not finite: %s."
                .formatted(className, value));
      }
    }
    return new AttributionMap(className, score, bias, grid, values.clone());
  }

  /** {@return the class} */
  public String className() {
    return className;
  }

  /** {@return the class's score for the whole image: a posterior, or a decision value} */
  public double score() {
    return score;
  }

  /**
   * Returns what of the score no place accounts for.
   *
   * @return the offset of a linear SVM; 0 for methods whose values do not sum to the score
   */
  public double bias() {
    return bias;
  }

  /** {@return where the cells lie in the image} */
  public Grid grid() {
    return grid;
  }

  /** {@return the number of rows of cells} */
  public int rows() {
    return grid.rows();
  }

  /** {@return the number of columns of cells} */
  public int columns() {
    return grid.columns();
  }

  /**
   * Returns the value of a cell.
   *
   * @param row from the top
   * @param column from the left
   * @return above 0 if the place speaks for the class
   */
  public float value(int row, int column) {
    Objects.checkIndex(row, rows());
    return values[row * columns() + Objects.checkIndex(column, columns())];
  }

  /** {@return the sum of all values} */
  public double sum() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  /** {@return the lowest value} */
  public float lowest() {
    float lowest = Float.POSITIVE_INFINITY;
    for (float value : values) {
      lowest = Math.min(lowest, value);
    }
    return lowest;
  }

  /** {@return the highest value} */
  public float highest() {
    float highest = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      highest = Math.max(highest, value);
    }
    return highest;
  }

  /**
   * Returns the value around a point: between the centers of cells interpolated linearly, beyond
   * the outermost that of the nearest.
   *
   * @param x from the left, in pixels of the image
   * @param y from the top
   * @return the value
   */
  public double at(double x, double y) {
    double row = within((y - grid.top()) / grid.down(), rows());
    double column = within((x - grid.left()) / grid.across(), columns());
    int top = (int) row;
    int left = (int) column;
    int below = Math.min(top + 1, rows() - 1);
    int right = Math.min(left + 1, columns() - 1);
    double across = column - left;
    double upper = value(top, left) * (1 - across) + value(top, right) * across;
    double lower = value(below, left) * (1 - across) + value(below, right) * across;
    double down = row - top;
    return upper * (1 - down) + lower * down;
  }

  private static double within(double at, int count) {
    return Math.max(0, Math.min(count - 1, at));
  }

  /** Returns the class, its score, and the size and range of the map. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %.4g: %dx%d cells, %.3g to %.3g",
        className,
        score,
        rows(),
        columns(),
        lowest(),
        highest());
  }
}
