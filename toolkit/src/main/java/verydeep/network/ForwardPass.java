package verydeep.network;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * A network with its weights, ready to test images: the fully convolutional form of section 3.2,
 * without gradients, for images of any size from {@link Vgg#smallestImage()} on. It holds memory
 * until it is closed, and serves one thread at a time.
 */
public interface ForwardPass extends AutoCloseable {

  /**
   * The network that runs.
   *
   * @return the network
   */
  Vgg network();

  /**
   * What computes, in a few words.
   *
   * @return such as {@code DJL's PyTorch} or {@code F(4x4, 3x3) on vectors of 512 bits, 2 threads}
   */
  String arithmetic();

  /**
   * The memory that the weights take here.
   *
   * @return bytes; 0 once it is closed
   */
  long bytes();

  /**
   * How many pixels should go through it together: more take memory and no less time.
   *
   * @return eight images of 224x224 on a CPU, for which D takes 210 MB; 64 on a card
   */
  default int pixelsTogether() {
    return 8 * 224 * 224;
  }

  /**
   * Runs a batch and gives the activations of some layers; what lies behind the last of them is not
   * computed.
   *
   * @param pixels images x 3 x height x width preprocessed numbers from the buffer's position on
   * @param images how many images, at least 1
   * @param height their height in pixels
   * @param width their width in pixels
   * @param layers names; {@code conv5_3} and {@code fc7} mean the activation behind the relu
   * @return the activations, in the order of the names
   * @throws UnknownLayerException if the network has no such layer
   * @throws ImageTooSmallException if the images are smaller than the network's window
   */
  List<Activations> run(FloatBuffer pixels, int images, int height, int width, List<String> layers);

  /**
   * Runs a batch to the end.
   *
   * @param pixels images x 3 x height x width preprocessed numbers from the buffer's position on
   * @param images how many images, at least 1
   * @param height their height in pixels
   * @param width their width in pixels
   * @return the class score maps before the soft-max; pool5 for a network of convolutions only
   * @throws ImageTooSmallException if the images are smaller than the network's window
   */
  default Activations run(FloatBuffer pixels, int images, int height, int width) {
    List<Layer> all = network().layers();
    return run(pixels, images, height, width, List.of(all.get(all.size() - 1).name())).get(0);
  }

  /** Gives the memory back. */
  @Override
  void close();
}
