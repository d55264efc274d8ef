package verydeep.cpu;

import verydeep.Goldens;
import verydeep.network.ForwardPass;
import verydeep.network.Parameters;

/** What a JVM without the Vector API does; {@link WithoutVectorsTest} starts it. */
final class WithoutVectors {

  private WithoutVectors() {}

  public static void main(String[] arguments) {
    Parameters parameters = Goldens.of("A").parameters("weight");
    for (int i = 0; i < 2; i++) { // it says it once
      try (ForwardPass pass = Arithmetic.forWork(parameters, 1e13).load(parameters)) {
        pass.run(Goldens.of("A").buffer("input"), 3, 64, 64);
        System.out.println("ran: " + pass.arithmetic());
      }
    }
    try {
      Arithmetic.EXACT.load(parameters);
    } catch (CpuException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }
}
