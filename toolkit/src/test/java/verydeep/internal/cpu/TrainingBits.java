package verydeep.internal.cpu;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import verydeep.Goldens;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;

/** What two steps of a few networks end with, as a checksum that two JVMs can compare. */
final class TrainingBits {

  private TrainingBits() {}

  static String checksum() {
    CRC32 sum = new CRC32();
    for (String name : new String[] {"A_LRN", "C", "B_5X5"}) {
      Goldens golden = Goldens.of(name);
      Parameters parameters = golden.parameters("weight");
      Set<String> all =
          parameters.network().parameterShapes().stream()
              .map(ParameterShape::name)
              .collect(Collectors.toSet());
      TrainingPass pass = Kernels.FAST.train(parameters, all);
      for (int step = 0; step < 2; step++) {
        pass.gradients(
            golden.buffer("input"),
            new int[] {3},
            2,
            (layer, image) -> new float[0],
            (outputs, from, to, gradient) -> {
              for (int i = 0; i < outputs.length; i++) {
                gradient[i] = 0.1f * outputs[i];
              }
            });
        pass.step(0.9, shape -> 1e-3, shape -> 5e-4);
      }
      Parameters after = pass.snapshot();
      for (String array : after.names()) {
        for (float number : after.get(array).toArray()) {
          int bits = Float.floatToRawIntBits(number);
          for (int shift = 0; shift < 32; shift += 8) {
            sum.update(bits >> shift);
          }
        }
      }
    }
    return "bits of trainings " + Long.toHexString(sum.getValue());
  }
}
