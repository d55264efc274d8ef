package verydeep.training;

import java.util.Optional;
import java.util.Set;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * The source of a training's initial weights: {@link #random()}, {@link #shallow} for deep nets as
 * in section 3.1, or {@link #layersOf} for the weights of another network.
 */
public interface Start {

  /**
   * Returns a start with all weights drawn by the network's own initialization, the default.
   *
   * @return the start
   */
  static Start random() {
    return new RandomStart();
  }

  /**
   * Returns the start of the paper's deeper nets (section 3.1): the first four convolutions and the
   * three fully connected layers from a trained net A, the rest drawn at random; the learning rate
   * is not lowered for the copied layers.
   *
   * <pre>{@code
   * var photos = images.split(0.8, 1);
   * var a = Training.of(Vgg.of(A).classes(10).width(0.25).input(64).build(), photos)
   *     .recipe(Recipe.paper().batch(32).epochs(8))
   *     .run();
   * var d = Training.of(Vgg.of(D).classes(10).width(0.25).input(64).build(), photos)
   *     .recipe(Recipe.paper().batch(32).epochs(8))
   *     .startFrom(Start.shallow(a.best()))
   *     .run();
   * }</pre>
   *
   * @param trained a checkpoint of configuration A or A-LRN, with its fully connected layers
   * @return the start
   * @throws VerydeepException if it has another configuration or no fully connected layers
   */
  static Start shallow(Checkpoint trained) {
    return ShallowStart.of(trained);
  }

  /**
   * Returns a start that copies each layer with the same name and shapes from another network and
   * draws the others by the network's own initialization. From the same network that copies all
   * layers; with other classes, all except fc8; from convolutions only, the convolutions.
   *
   * @param checkpoint another network's weights
   * @param drawn layers to draw even if they fit, such as {@code fc8}
   * @return the start
   */
  static Start layersOf(Checkpoint checkpoint, String... drawn) {
    return new LayersStart(checkpoint, Set.of(drawn));
  }

  /**
   * Returns the initial weights.
   *
   * @param network the network to train
   * @param seed the seed of the random weights
   * @return all of its parameters
   * @throws VerydeepException if the two networks do not match
   */
  Parameters parameters(Vgg network, long seed);

  /**
   * Returns the preprocessing that the initial weights were trained with, which the training then
   * uses.
   *
   * @return empty if all weights are drawn; the training then uses the paper's, with the mean of
   *     the training images
   */
  Optional<Preprocessing> preprocessing();
}
