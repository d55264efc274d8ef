package verydeep.weights;

import java.nio.FloatBuffer;
import verydeep.data.Preprocessing;
import verydeep.network.Configuration;
import verydeep.network.Parameters;

/**
 * Whether a network D begins with the authors' own filters, which converters have copied into files
 * of every format and naming. If so, its input is theirs, in blue, green, red, or converted to red,
 * green, blue.
 */
enum AuthorsFilters {
  NONE,
  BGR,
  RGB;

  /** The first values of conv1_1.bias in the released D. */
  private static final float[] BIAS = {0.7342983f, 0.0934037f, 0.0677567f, 0.8862966f};

  /** The top left corner of its first filter: blue, green, red. */
  private static final float[] CORNER = {0.429443f, 0.550293f, 0.479980f};

  /** More than the rounding error of float16. */
  private static final double TOLERANCE = 2e-3;

  private static final int FILTERS = 64;
  private static final int WINDOW = 9;

  static AuthorsFilters in(Parameters parameters) {
    FloatBuffer bias = parameters.get("conv1_1.bias").values();
    if (parameters.network().configuration() != Configuration.D || bias.remaining() != FILTERS) {
      return NONE;
    }
    for (int i = 0; i < BIAS.length; i++) {
      if (!near(bias.get(i), BIAS[i])) {
        return NONE;
      }
    }
    FloatBuffer filter = parameters.get("conv1_1.weight").values();
    if (!near(filter.get(WINDOW), CORNER[1])) {
      return NONE;
    }
    if (near(filter.get(0), CORNER[0]) && near(filter.get(2 * WINDOW), CORNER[2])) {
      return BGR;
    }
    boolean turned = near(filter.get(0), CORNER[2]) && near(filter.get(2 * WINDOW), CORNER[0]);
    return turned ? RGB : NONE;
  }

  private static boolean near(float given, float wanted) {
    return Math.abs(given - wanted) < TOLERANCE;
  }

  /** Returns the preprocessing: 0-255 minus the mean, in the order of the filters. */
  Preprocessing preprocessing() {
    Preprocessing.ChannelOrder order =
        this == BGR ? Preprocessing.ChannelOrder.BGR : Preprocessing.ChannelOrder.RGB;
    Preprocessing theirs = Preprocessing.caffe();
    return new Preprocessing(order, theirs.scale(), theirs.mean(), theirs.deviation());
  }
}
