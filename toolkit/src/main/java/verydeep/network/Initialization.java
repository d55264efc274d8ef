package verydeep.network;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import verydeep.VerydeepException;

/**
 * How the first weights of a network are drawn. Biases begin at 0; a batch normalization begins as
 * the identity.
 */
public sealed interface Initialization {

  /**
   * Glorot and Bengio 2010: uniform within the root of 6 / (fan in + fan out). The default, since
   * the paper found that with it the deep nets train without pre-training (footnote of section
   * 3.1).
   *
   * @return the initialization
   */
  static Initialization glorot() {
    return new Glorot();
  }

  /**
   * He et al. 2015: normal, mean 0, variance 2 / fan in; made for ReLUs.
   *
   * @return the initialization
   */
  static Initialization he() {
    return new He();
  }

  /**
   * Section 3.1's: normal, mean 0. The text says variance 0.01; a standard deviation of 0.1 makes
   * the scores of D overflow, and one of 0.01 fits the paper's account (A trains, the deeper nets
   * stall), so it is 0.01.
   *
   * @return the initialization
   */
  static Initialization paper() {
    return new Normal(0.01);
  }

  /**
   * Normal, mean 0.
   *
   * @param standardDeviation above 0
   * @return the initialization
   */
  static Initialization normal(double standardDeviation) {
    return new Normal(standardDeviation);
  }

  /**
   * Draws one weight.
   *
   * @param random the source of chance
   * @param fanIn numbers that flow into a unit
   * @param fanOut units that a number flows into
   * @return the weight
   */
  double weight(SplittableRandom random, long fanIn, long fanOut);

  /**
   * The array of a shape; the same for the same seed, whatever the other layers are.
   *
   * @param shape of which parameter
   * @param seed the network's seed
   * @return its first values
   */
  default Tensor draw(ParameterShape shape, long seed) {
    float[] values = new float[Math.toIntExact(shape.size())];
    List<Integer> sizes = shape.sizes();
    if (sizes.size() > 1) {
      long window = sizes.stream().skip(2).mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      var random =
          new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ shape.name().hashCode()).split();
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) weight(random, sizes.get(1) * window, sizes.get(0) * window);
      }
    } else if (shape.role().equals("running_var") || shape.role().equals("weight")) {
      Arrays.fill(values, 1);
    }
    return Tensor.of(sizes, values);
  }

  /** {@link #glorot()}. */
  record Glorot() implements Initialization {
    @Override
    public double weight(SplittableRandom random, long fanIn, long fanOut) {
      double bound = Math.sqrt(6.0 / (fanIn + fanOut));
      return (2 * random.nextDouble() - 1) * bound;
    }

    @Override
    public String toString() {
      return "Glorot";
    }
  }

  /** {@link #he()}. */
  record He() implements Initialization {
    @Override
    public double weight(SplittableRandom random, long fanIn, long fanOut) {
      return random.nextGaussian() * Math.sqrt(2.0 / fanIn);
    }

    @Override
    public String toString() {
      return "He";
    }
  }

  /**
   * {@link #normal(double)}.
   *
   * @param standardDeviation above 0
   */
  record Normal(double standardDeviation) implements Initialization {

    /**
     * Checks the deviation.
     *
     * @param standardDeviation above 0
     */
    public Normal {
      if (!(standardDeviation > 0)) {
        throw new VerydeepException(
            "The standard deviation of the first weights is "
                + standardDeviation
                + "; it must be above 0.");
      }
    }

    @Override
    public double weight(SplittableRandom random, long fanIn, long fanOut) {
      return random.nextGaussian() * standardDeviation;
    }

    @Override
    public String toString() {
      return "normal, standard deviation " + standardDeviation;
    }
  }
}
