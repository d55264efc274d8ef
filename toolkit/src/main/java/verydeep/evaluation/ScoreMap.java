package verydeep.evaluation;

import java.nio.FloatBuffer;
import java.util.List;
import verydeep.NotFiniteException;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;
import verydeep.internal.djl.DjlForwardPass;
import verydeep.internal.inference.ClassNames;
import verydeep.internal.inference.FiniteActivations;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.weights.Checkpoint;

/**
 * What a network says at each place of an image: the class score map of the fully convolutional
 * form (section 3.2), as posteriors. A cell is the answer for one window of the network's input
 * size; neighbouring windows lie 32 pixels apart.
 */
public final class ScoreMap {

  private static final int STRIDE = 32;

  private final List<String> classes;
  private final RgbImage image;
  private final int window;
  private final int rows;
  private final int columns;
  private final double[][] posteriors; // by class, row by row

  private ScoreMap(List<String> classes, RgbImage image, int window, Activations scores) {
    this.classes = classes;
    this.image = image;
    this.window = window;
    rows = scores.shape().height();
    columns = scores.shape().width();
    posteriors = new double[classes.size()][rows * columns];
    for (int cell = 0; cell < rows * columns; cell++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < posteriors.length; k++) {
        largest = Math.max(largest, score(scores, k, cell));
      }
      double sum = 0;
      for (int k = 0; k < posteriors.length; k++) {
        posteriors[k][cell] = Math.exp(score(scores, k, cell) - largest);
        sum += posteriors[k][cell];
      }
      for (double[] ofClass : posteriors) {
        ofClass[cell] /= sum;
      }
    }
  }

  private double score(Activations scores, int k, int cell) {
    return scores.values()[k * rows * columns + cell];
  }

  /**
   * Computes the map of an image.
   *
   * @param checkpoint a network with classes
   * @param image the image
   * @param scale Q, the smallest side that it is rescaled to, at least the network's input
   * @return the map: Q/32 - 6 cells along the smaller side for a network of 224 pixels
   * @throws VerydeepException if the network has no classes
   * @throws NotFiniteException if a score is infinite or not a number
   * @throws verydeep.network.ImageTooSmallException if the scale is below the network's input
   */
  public static ScoreMap of(Checkpoint checkpoint, RgbImage image, int scale) {
    if (checkpoint.network().classes() == 0) {
      throw new VerydeepException(
          "Network " + checkpoint.network().label() + " gives no classes, and so no score map.");
    }
    RgbImage rescaled = image.rescale(scale);
    int height = rescaled.height();
    int width = rescaled.width();
    try (ForwardPass pass = DjlForwardPass.of(checkpoint.parameters())) {
      FloatBuffer pixels = FloatBuffer.allocate(3 * height * width);
      checkpoint.preprocessing().write(rescaled, pixels);
      Activations scores = pass.run(pixels.flip(), 1, height, width);
      if (FiniteActivations.firstWithout(scores) >= 0) {
        String seen = "an image of %dx%d".formatted(width, height);
        throw FiniteActivations.error(pass, scores.layer(), seen, pixels, height, width);
      }
      return new ScoreMap(checkpoint.classNames(), rescaled, checkpoint.network().input(), scores);
    }
  }

  /**
   * The classes.
   *
   * @return their names
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * A class by its name.
   *
   * @param name the name, or a synonym in it that no other class has: {@code red panda} of {@code
   *     lesser panda, red panda, panda}
   * @return its index
   * @throws VerydeepException if there is no such class
   */
  public int index(String name) {
    return ClassNames.find(classes, name);
  }

  /**
   * The image that the map is of.
   *
   * @return the rescaled image
   */
  public RgbImage image() {
    return image;
  }

  /**
   * Cells along the height.
   *
   * @return 1 or more
   */
  public int rows() {
    return rows;
  }

  /**
   * Cells along the width.
   *
   * @return 1 or more
   */
  public int columns() {
    return columns;
  }

  /**
   * The posterior of a class in the window of a cell.
   *
   * @param index the class's index
   * @param row from the top
   * @param column from the left
   * @return from 0 to 1
   */
  public double posterior(int index, int row, int column) {
    return posteriors[index][row * columns + column];
  }

  /**
   * The posterior of a class around a pixel: between the centers of windows interpolated linearly.
   *
   * @param index the class's index
   * @param x from the left, in pixels of the rescaled image
   * @param y from the top
   * @return from 0 to 1
   */
  public double at(int index, double x, double y) {
    double row = Math.max(0, Math.min(rows - 1, (y - window / 2.0) / STRIDE));
    double column = Math.max(0, Math.min(columns - 1, (x - window / 2.0) / STRIDE));
    int top = Math.min((int) row, Math.max(0, rows - 2));
    int left = Math.min((int) column, Math.max(0, columns - 2));
    int below = Math.min(top + 1, rows - 1);
    int right = Math.min(left + 1, columns - 1);
    double down = row - top;
    double across = column - left;
    double upper =
        posterior(index, top, left) * (1 - across) + posterior(index, top, right) * across;
    double lower =
        posterior(index, below, left) * (1 - across) + posterior(index, below, right) * across;
    return upper * (1 - down) + lower * down;
  }

  /** Its size and the class with the highest posterior anywhere. */
  @Override
  public String toString() {
    int best = 0;
    double highest = 0;
    for (int k = 0; k < posteriors.length; k++) {
      for (double posterior : posteriors[k]) {
        if (posterior > highest) {
          highest = posterior;
          best = k;
        }
      }
    }
    return "Score map of %dx%d cells, most confident of %s (%.0f%%)"
        .formatted(rows, columns, classes.get(best), 100 * highest);
  }
}
