package verydeep.internal.djl;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import verydeep.ResidentMemory;
import verydeep.internal.passes.Activations;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * Runs D on a batch in a process of its own and prints the memory before, and at the peak; its
 * arguments are how many images, their height, their width.
 */
final class ForwardPassMemory {

  private ForwardPassMemory() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int images = Integer.parseInt(arguments[0]);
    int height = Integer.parseInt(arguments[1]);
    int width = Integer.parseInt(arguments[2]);
    try (DjlForwardPass pass = DjlForwardPass.of(zeros(Vgg.of(Configuration.D).build()))) {
      for (int i = 0; i < 3; i++) { // what loading left
        System.gc();
        Thread.sleep(200);
      }
      Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // resets the peak
      long before = ResidentMemory.now();
      FloatBuffer pixels = FloatBuffer.allocate(images * 3 * height * width);
      Activations scores = pass.run(pixels, images, height, width);
      if (scores.meanOverSpace(images - 1).length != 1000) {
        throw new AssertionError(scores);
      }
      System.out.println("memory " + before + " " + ResidentMemory.peak());
    }
  }

  /** All arrays are views of one, so that the heap holds fc6 once. */
  private static Parameters zeros(Vgg network) {
    long largest =
        network.parameterShapes().stream().mapToLong(ParameterShape::size).max().orElseThrow();
    FloatBuffer zeros = FloatBuffer.allocate(Math.toIntExact(largest));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterShape shape : network.parameterShapes()) {
      int size = Math.toIntExact(shape.size());
      tensors.put(shape.name(), Tensor.of(shape.sizes(), zeros.slice(0, size)));
    }
    return Parameters.of(network, tensors);
  }
}
