package verydeep.internal.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.Parameters;

/**
 * The fully connected layers of a network in training, with their ReLUs and dropout. Dropout
 * multiplies a unit by 0 or by the factor that keeps its mean; a hidden unit's gradient therefore
 * is that factor where its activation is above 0.
 */
final class UnitChain {

  private static final int FIRST = GemmKernel.FIRST;
  private static final int COLUMNS = GemmKernel.COLUMNS;
  private static final int DEPTH = GemmKernel.DEPTH;

  /**
   * Gradients of the loss below this are set to 0: a network that knows its few images by heart has
   * gradients that 32 bits hold only as denormal numbers, with which all else takes three times as
   * long.
   */
  private static final float LEAST = 1e-20f;

  private final List<LearnedUnits> layers = new ArrayList<>();
  private final List<Float> factors = new ArrayList<>();
  private final int lowest;
  private final boolean convolutionsLearn;
  private final Team team;
  private final Workspace workspace;

  /** The inputs of each layer, and the gradients of its outputs. */
  private final float[][] inputs;

  private final float[][] gradients;

  /**
   * Lays out the layers.
   *
   * @param parameters the weights
   * @param learning which of them learn
   * @param convolutionsLearn whether the layers before these want a gradient
   * @param team the threads that share the work
   * @param workspace the memory to work in
   */
  UnitChain(
      Parameters parameters,
      Learning learning,
      boolean convolutionsLearn,
      Team team,
      Workspace workspace) {
    this.convolutionsLearn = convolutionsLearn;
    this.team = team;
    this.workspace = workspace;
    for (Layer layer : parameters.network().layers()) {
      if (layer instanceof Layer.FullyConnected units) {
        LearnedWeights weights = learning.weights(units, units.window(), false, parameters);
        layers.add(new LearnedUnits(weights));
      } else if (layer instanceof Layer.Dropout dropout) {
        factors.add((float) (1 / (1 - dropout.rate())));
      }
    }
    int first = 0;
    while (first < layers.size() - 1 && !layers.get(first).weights().learns()) {
      first++;
    }
    lowest = convolutionsLearn ? 0 : first;
    inputs = new float[layers.size()][0];
    gradients = new float[layers.size()][0];
  }

  /** Starts the sums of a step. */
  void begin() {
    layers.forEach(LearnedUnits::begin);
  }

  private static float[] atLeast(float[] array, int size) {
    return array.length >= size ? array : new float[size];
  }

  /**
   * Computes the scores of some images, the gradient of their loss, and the gradients of the
   * weights.
   *
   * @param maps the activations of the last convolution; if that learns, they are replaced by the
   *     gradient with respect to what its ReLU received
   * @param from the first image within the batch
   * @param masks the units to drop
   * @param loss the loss
   */
  void run(Maps maps, int from, TrainingPass.Masks masks, TrainingPass.Loss loss) {
    int images = maps.images();
    int space = TileRows.padded(images);
    Panels first = layers.get(0).weights().panels();
    Tiles tiles = new Tiles(new MapShape(first.depth(), 1, 1), 1, images);
    TileRows rows = new TileRows(first, 0, maps, tiles);
    LearnedUnits.Rows[] places = new LearnedUnits.Rows[layers.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] =
          i == 0
              ? (position, channel) -> rows.at(position, channel, images)
              : (position, channel) -> FIRST + channel / DEPTH * space * DEPTH;
    }
    inputs[0] = atLeast(inputs[0], FIRST + rows.size(images));
    team.run(
        images,
        (image, member) ->
            rows.fill(0, image, image + 1, images, inputs[0], workspace.scratch(member)));
    int last = layers.size() - 1;
    for (int i = 0; i <= last; i++) {
      LearnedUnits layer = layers.get(i);
      gradients[i] = atLeast(gradients[i], layer.size(space));
      layer.forward(inputs[i], places[i], space, gradients[i], team, workspace);
      if (i < last) {
        activate(i, masks, from, images, space);
      }
    }
    compare(gradients[last], from, images, space, loss);
    for (int i = last; i >= lowest; i--) {
      LearnedUnits layer = layers.get(i);
      layer.addGradient(inputs[i], places[i], images, gradients[i], space, team);
      if (i > lowest) {
        int below = i - 1;
        Arrays.fill(gradients[below], 0);
        InputGradient.Sink sink =
            (position, channel, image, values, at) ->
                mask(below, channel, image, images, space, values, at);
        layer.inputGradient(gradients[i], space, images, sink, team, workspace);
      } else if (convolutionsLearn) {
        int window = layer.weights().kernel();
        InputGradient.Sink sink =
            (position, channel, image, values, at) ->
                mask(maps, window, position, channel, image, values, at);
        layer.inputGradient(gradients[i], space, images, sink, team, workspace);
      }
    }
  }

  /** Writes the ReLU of a hidden layer's outputs, times its mask, as the next layer's inputs. */
  private void activate(
      int layer, TrainingPass.Masks masks, int firstImage, int images, int space) {
    int slabs = (layers.get(layer).weights().outputs() + DEPTH - 1) / DEPTH;
    inputs[layer + 1] = atLeast(inputs[layer + 1], FIRST + slabs * space * DEPTH);
    team.run(
        images,
        (image, member) -> activate(layer, masks.mask(layer, firstImage + image), image, space));
  }

  /** Does the same for an image. */
  private void activate(int layer, float[] mask, int image, int space) {
    int outputs = layers.get(layer).weights().outputs();
    float[] x = inputs[layer + 1];
    float[] z = gradients[layer];
    for (int channel = 0; channel < outputs; channel += COLUMNS) {
      int from = FIRST + (channel / COLUMNS * space + image) * COLUMNS;
      int to = FIRST + (channel / DEPTH * space + image) * DEPTH + channel % DEPTH;
      int count = Math.min(COLUMNS, outputs - channel);
      Arrays.fill(x, to, to + COLUMNS, 0);
      for (int c = 0; c < count; c++) {
        float kept = mask.length == 0 ? 1 : mask[channel + c];
        float y = z[from + c];
        x[to + c] = y < 0 ? 0 : y * kept;
      }
    }
  }

  /** Replaces the last layer's outputs by the gradient of the loss. */
  private void compare(float[] z, int from, int images, int space, TrainingPass.Loss loss) {
    int outputs = layers.get(layers.size() - 1).weights().outputs();
    float[] scores = new float[images * outputs];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = z[place(i / outputs, i % outputs, space)];
    }
    float[] gradient = new float[scores.length];
    loss.compare(scores, from, from + images, gradient);
    Arrays.fill(z, 0);
    for (int i = 0; i < gradient.length; i++) {
      boolean denormal = Math.abs(gradient[i]) < LEAST;
      z[place(i / outputs, i % outputs, space)] = denormal ? 0 : gradient[i];
    }
  }

  private static int place(int image, int unit, int space) {
    return FIRST + (unit / COLUMNS * space + image) * COLUMNS + unit % COLUMNS;
  }

  /** Writes the gradients of 8 hidden units' outputs. */
  private void mask(int layer, int unit, int image, int images, int space, float[] values, int at) {
    float[] dz = gradients[layer];
    float[] y = inputs[layer + 1];
    float factor = factors.get(layer);
    int count = Math.min(GemmKernel.LANES, images - image);
    for (int k = 0; k < ColumnKernel.INPUTS; k++) {
      int u = unit + k;
      for (int i = 0; i < count; i++) {
        float kept = y[FIRST + (u / DEPTH * space + image + i) * DEPTH + u % DEPTH];
        float value = values[at + k * GemmKernel.LANES + i];
        dz[place(image + i, u, space)] = kept > 0 ? value * factor : 0;
      }
    }
  }

  /** Writes the gradients of 8 channels at a position of the last convolution's map. */
  private static void mask(
      Maps maps, int window, int position, int channel, int image, float[] values, int at) {
    int count = Math.min(GemmKernel.LANES, maps.images() - image);
    for (int i = 0; i < count; i++) {
      int plane = channel / maps.pixel();
      int to = maps.at(image + i, plane, position / window, position % window);
      for (int k = 0; k < ColumnKernel.INPUTS; k++) {
        int place = to + channel % maps.pixel() + k;
        float value = values[at + k * GemmKernel.LANES + i];
        maps.data()[place] = maps.data()[place] <= 0 ? 0 : value;
      }
    }
  }
}
