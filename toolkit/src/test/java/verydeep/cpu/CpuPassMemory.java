package verydeep.cpu;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * Runs D on a batch in a JVM whose heap {@link CpuPassMemoryTest} bounds; its arguments are how
 * many images, their height, their width.
 */
final class CpuPassMemory {

  private CpuPassMemory() {}

  public static void main(String[] arguments) {
    int images = Integer.parseInt(arguments[0]);
    int height = Integer.parseInt(arguments[1]);
    int width = Integer.parseInt(arguments[2]);
    try (ForwardPass pass =
        Arithmetics.load(Arithmetic.FAST, zeros(Vgg.of(Configuration.D).build()))) {
      FloatBuffer pixels = FloatBuffer.allocate(images * 3 * height * width);
      pass.run(pixels, images, height, width);
      System.out.println("weights " + pass.bytes());
    }
  }

  /** All arrays are views of one, which may go when they are transformed. */
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
