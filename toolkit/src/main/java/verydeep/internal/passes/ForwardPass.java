package verydeep.internal.passes;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import verydeep.internal.images.Levels;
import verydeep.network.Layer;
import verydeep.network.Vgg;

/**
 * A network with its weights, ready to test images: the fully convolutional form of section 3.2,
 * without gradients, for images whose sides are at least {@link Vgg#smallestImage()}. It holds
 * memory until it is closed, and may be used by one thread at a time.
 */
public interface ForwardPass extends AutoCloseable {

  /**
   * Returns the network.
   *
   * @return the network
   */
  Vgg network();

  /**
   * Describes in a few words what does the arithmetic.
   *
   * @return text such as {@code DJL's PyTorch} or {@code F(4x4, 3x3) on vectors of 512 bits, 2
   *     threads}
   */
  String arithmetic();

  /**
   * Returns the memory the weights take.
   *
   * @return bytes; 0 once it is closed
   */
  long bytes();

  /**
   * Returns how many pixels should be run at once: more take memory without saving time.
   *
   * @return eight images of 224x224 on a CPU, for which D takes 210 MB; 64 on a GPU
   */
  default int pixelsTogether() {
    return 8 * 224 * 224;
  }

  /**
   * Returns memory to write images into as 8-bit levels, if this pass takes them faster than
   * numbers.
   *
   * @param images how many images, at least 1
   * @param pixels the pixels of each
   * @return memory until the next call or until the pass is closed; empty if it is better to give
   *     numbers, as on a CPU
   */
  default Optional<Levels> levels(int images, int pixels) {
    return Optional.empty();
  }

  /**
   * Runs a batch of images given as levels, with the bits that {@link Levels#floats} would give.
   *
   * @param images the images, all of one shape
   * @param height their height in pixels
   * @param width their width in pixels
   * @param layers the names of the layers
   * @return the activations, in the order of the names
   */
  default List<Activations> run(Levels images, int height, int width, List<String> layers) {
    return run(images.floats(), images.size(), height, width, layers);
  }

  /**
   * Runs a batch and returns the activations of some layers; nothing past the last of them is
   * computed.
   *
   * @param pixels images x 3 x height x width preprocessed numbers, starting at the buffer's
   *     position
   * @param images how many images, at least 1
   * @param height their height in pixels
   * @param width their width in pixels
   * @param layers the names of the layers; {@code conv5_3} and {@code fc7} mean the activation
   *     after the ReLU
   * @return the activations, in the order of the names
   * @throws verydeep.VerydeepException if the network has no such layer
   * @throws verydeep.network.ImageTooSmallException if the images are smaller than the network's
   *     window
   */
  List<Activations> run(FloatBuffer pixels, int images, int height, int width, List<String> layers);

  /**
   * Runs a batch to the end.
   *
   * @param pixels images x 3 x height x width preprocessed numbers, starting at the buffer's
   *     position
   * @param images how many images, at least 1
   * @param height their height in pixels
   * @param width their width in pixels
   * @return the class score maps before the soft-max; pool5 for a network with convolutions only
   * @throws verydeep.network.ImageTooSmallException if the images are smaller than the network's
   *     window
   */
  default Activations run(FloatBuffer pixels, int images, int height, int width) {
    List<Layer> all = network().layers();
    return run(pixels, images, height, width, List.of(all.get(all.size() - 1).name())).get(0);
  }

  /** Releases the memory. */
  @Override
  void close();
}
