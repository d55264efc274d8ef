package verydeep.training;

import java.util.Optional;
import java.util.Set;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * Where a training's first weights come from: {@link #random()}, {@link ShallowStart} for deep nets
 * as in section 3.1, or {@link #layersOf} for what another network has learned.
 */
public interface Start {

  /**
   * All weights drawn by the network's own initialization; the default.
   *
   * @return the start
   */
  static Start random() {
    return new RandomStart();
  }

  /**
   * Each layer that has the same name and shapes in another network is taken from it; the others
   * are drawn by the network's own initialization. With the same network that is all of them; with
   * other classes all but fc8; with convolutions only, the convolutions.
   *
   * @param checkpoint another network's weights
   * @param drawn layers that are drawn also where they would fit, such as {@code fc8}
   * @return the start
   */
  static Start layersOf(Checkpoint checkpoint, String... drawn) {
    return new LayersStart(checkpoint, Set.of(drawn));
  }

  /**
   * The first weights.
   *
   * @param network to be trained
   * @param seed what random weights are drawn from
   * @return all of its parameters
   * @throws VerydeepException if the two networks do not fit together
   */
  Parameters parameters(Vgg network, long seed);

  /**
   * The preprocessing that first weights were learned with, which then is the training's own.
   *
   * @return empty if all are drawn: then it is the paper's, with the training images' mean
   */
  Optional<Preprocessing> preprocessing();
}
