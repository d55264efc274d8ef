package verydeep.cpu;

import java.io.IOException;
import java.nio.FloatBuffer;
import verydeep.ResidentMemory;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * Loads a network in 16 bits, runs it, and closes it, over and over in a process of its own, and
 * prints the resident memory in kB after some passes and at the end. Arguments: how many passes
 * come first, how many follow.
 */
final class BfloatMemory {

  private BfloatMemory() {}

  public static void main(String[] arguments) throws IOException {
    Vgg network = Vgg.of(Configuration.A).width(0.5).input(32).units(1024).classes(10).build();
    Parameters parameters = Parameters.initial(network, 5);
    passes(parameters, Integer.parseInt(arguments[0]));
    long before = ResidentMemory.now();
    passes(parameters, Integer.parseInt(arguments[1]));
    System.out.println("memory " + before + " " + ResidentMemory.now());
  }

  private static void passes(Parameters parameters, int count) {
    for (int i = 0; i < count; i++) {
      try (ForwardPass pass = Arithmetics.load(Arithmetic.BF16, parameters)) {
        int height = 32 + i % 5 * 32;
        pass.run(FloatBuffer.allocate(2 * 3 * height * 64), 2, height, 64);
      }
    }
  }
}
