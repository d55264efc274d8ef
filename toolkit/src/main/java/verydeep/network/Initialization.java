package verydeep.network;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import verydeep.VerydeepException;

/**
 * The way a network's initial weights are drawn. Biases start at 0; a batch normalization starts as
 * the identity.
 */
public sealed interface Initialization {

  /**
   * Returns the initialization of Glorot and Bengio (2010): uniform within plus or minus the square
   * root of 6 / (fan in + fan out). It is the default because the paper found that it trains the
   * deep nets without pre-training (footnote in section 3.1).
   *
   * @return the initialization
   */
  static Initialization glorot() {
    return new Glorot();
  }

  /**
   * Returns the initialization of He et al. (2015): normal, with mean 0 and variance 2 / fan in;
   * designed for ReLUs.
   *
   * @return the initialization
   */
  static Initialization he() {
    return new He();
  }

  /**
   * Returns the initialization of section 3.1: normal, with mean 0 and standard deviation 0.01. The
   * text says variance 0.01, but a standard deviation of 0.1 makes the scores of D overflow, while
   * one of 0.01 fits the paper's account (A trains, the deeper nets stall).
   *
   * @return the initialization
   */
  static Initialization paper() {
    return new Normal(0.01);
  }

  /**
   * Returns a normal distribution with mean 0.
   *
   * @param standardDeviation the standard deviation, greater than 0
   * @return the initialization
   */
  static Initialization normal(double standardDeviation) {
    return new Normal(standardDeviation);
  }

  /**
   * Draws one weight.
   *
   * @param random the source of randomness
   * @param fanIn the number of inputs of a unit
   * @param fanOut the number of units an input feeds
   * @return the weight
   */
  double weight(RandomGenerator random, long fanIn, long fanOut);

  /**
   * Draws a parameter's initial values; they are the same for the same seed on each JDK, whatever
   * the other layers are.
   *
   * @param shape the parameter
   * @param seed the network's seed
   * @return its initial values
   */
  default Tensor draw(ParameterShape shape, long seed) {
    float[] values = new float[Math.toIntExact(shape.size())];
    List<Integer> sizes = shape.sizes();
    if (sizes.size() > 1) {
      long window = sizes.stream().skip(2).mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
      var random =
          new WeightDraws(
              new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ shape.name().hashCode()).split());
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) weight(random, sizes.get(1) * window, sizes.get(0) * window);
      }
    } else if (shape.role().equals("running_var") || shape.role().equals("weight")) {
      Arrays.fill(values, 1);
    }
    return Tensor.of(sizes, values);
  }

  /** The initialization of {@link #glorot()}. */
  record Glorot() implements Initialization {
    @Override
    public double weight(RandomGenerator random, long fanIn, long fanOut) {
      double bound = Math.sqrt(6.0 / (fanIn + fanOut));
      return (2 * random.nextDouble() - 1) * bound;
    }

    @Override
    public String toString() {
      return "Glorot";
    }
  }

  /** The initialization of {@link #he()}. */
  record He() implements Initialization {
    @Override
    public double weight(RandomGenerator random, long fanIn, long fanOut) {
      return random.nextGaussian() * Math.sqrt(2.0 / fanIn);
    }

    @Override
    public String toString() {
      return "He";
    }
  }

  /**
   * The initialization of {@link #normal(double)}.
   *
   * @param standardDeviation the standard deviation, greater than 0
   */
  record Normal(double standardDeviation) implements Initialization {

    /**
     * Checks the standard deviation.
     *
     * @param standardDeviation the standard deviation, greater than 0
     */
    public Normal {
      if (!(standardDeviation > 0)) {
        throw new VerydeepException(
            "The standard deviation of the initial weights is "
                + standardDeviation
                + "; it must be greater than 0.");
      }
    }

    @Override
    public double weight(RandomGenerator random, long fanIn, long fanOut) {
      return random.nextGaussian() * standardDeviation;
    }

    @Override
    public String toString() {
      return "normal, standard deviation " + standardDeviation;
    }
  }
}
