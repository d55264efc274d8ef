package verydeep.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import verydeep.Goldens;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.cpu.Kernels;
import verydeep.internal.onednn.OneDnn;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;

/**
 * What {@link Arithmetic} promises, on the network that bears the least: D's trained convolutions
 * with batch normalization, whose sums are many times larger than what is left of them once the
 * running mean is taken away.
 */
class FoldedPrecisionTest {

  private static Parameters normalized(Goldens golden) {
    Checkpoint d = Checkpoint.read("../datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
    Vgg network = d.network().with().batchNorm(true).build();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    d.parameters().names().forEach(name -> tensors.put(name, d.parameters().get(name)));
    for (String name : golden.names()) {
      if (name.startsWith("norm/")) {
        tensors.put("bn" + name.substring("norm/".length()), golden.tensor(name));
      }
    }
    return Parameters.of(network, tensors);
  }

  @Test
  void foldedBatchNormalizationLosesNoMoreThanIsPromised() {
    assumeTrue(Kernels.missing().isEmpty(), Kernels.missing());
    Goldens golden = Goldens.of("D_folded");
    Parameters parameters = normalized(golden);
    var promises = new LinkedHashMap<>(Map.of(Arithmetic.FAST, 1.5e-6, Arithmetic.EXACT, 1e-6));
    promises.put(Arithmetic.DJL, 1.5e-6);
    if (OneDnn.missing().isEmpty()) {
      promises.put(Arithmetic.BF16, 1e-2);
    }
    for (Map.Entry<Arithmetic, Double> promise : promises.entrySet()) {
      try (ForwardPass pass = Arithmetics.load(promise.getKey(), parameters)) {
        List<String> pools = List.of("pool1", "pool2", "pool3", "pool4", "pool5");
        for (Activations given : pass.run(golden.buffer("input"), 1, 64, 64, pools)) {
          float[] wanted = golden.floats(given.layer());
          int step = given.values().length / wanted.length;
          double error = 0;
          for (int i = 0; i < wanted.length; i++) {
            error = Math.max(error, Math.abs(given.values()[i * step] - wanted[i]));
          }
          assertThat(error / golden.number(given.layer() + "_largest"))
              .as("%s, %s", promise.getKey(), given.layer())
              .isLessThan(promise.getValue());
        }
      }
    }
  }
}
