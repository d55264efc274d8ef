package verydeep.cpu;

import java.util.List;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * What a JVM does without the Vector API, without oneDNN, or with a small heap; {@link
 * WithoutVectorsTest} starts it.
 */
final class WithoutVectors {

  private WithoutVectors() {}

  public static void main(String[] arguments) {
    double width = Double.parseDouble(arguments[0]);
    Vgg net = Vgg.of(Configuration.A).width(width).input(64).classes(5).build();
    Parameters parameters = Parameters.initial(net, 1);
    for (int i = 0; i < 2; i++) { // it says it once
      try (ForwardPass pass = Arithmetics.load(Arithmetics.forWork(parameters, 1e13), parameters)) {
        pass.run(Goldens.of("A").buffer("input"), 3, 64, 64);
        System.out.println("ran: " + pass.arithmetic());
      }
    }
    for (Arithmetic arithmetic : List.of(Arithmetic.EXACT, Arithmetic.BF16)) {
      try {
        Arithmetics.load(arithmetic, parameters);
      } catch (VerydeepException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }
}
