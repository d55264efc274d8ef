package verydeep.training;

import ai.djl.Device;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import verydeep.cpu.Arithmetic;
import verydeep.internal.tasks.LossCounts;
import verydeep.internal.tasks.Targets;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;

/** Single steps on the CPU, for tests of targets that other packages have. */
public final class Steps {

  private Steps() {}

  /** What was found on the way to a step. */
  public record Gradients(LossCounts counts, Map<String, float[]> byName) {}

  /** The gradients of a batch, which is cut into pieces; no unit is dropped. */
  public static Gradients gradients(
      Parameters parameters, FloatBuffer pixels, Targets targets, int microBatch) {
    try (Replica replica =
        new Replica(Device.cpu(), parameters, LayerRates.EVEN, Precision.FLOAT32)) {
      DropoutMasks none = new DropoutMasks(replica.network(), 0);
      BatchWork work = new BatchWork(new Inputs.Floats(pixels), targets, none, 1, microBatch);
      LossCounts counts = replica.gradients(work, 0, targets.size());
      Map<String, float[]> byName = new LinkedHashMap<>();
      for (ParameterShape shape : replica.learned().keySet()) {
        try (var gradient = replica.gradient(shape)) {
          byName.put(shape.name(), gradient.toFloatArray());
        }
      }
      return new Gradients(counts, byName);
    }
  }

  /** A step, and the weights after it. */
  public record After(LossCounts counts, Parameters parameters) {}

  /** A step without weight decay. */
  public static After step(Parameters before, FloatBuffer pixels, Targets targets, double rate) {
    try (GradientDescent descent = new DjlDescent(before, Recipe.paper().decay(0))) {
      LossCounts counts = descent.step(pixels, targets, rate, 0);
      return new After(counts, descent.snapshot());
    }
  }

  /** The gradients of a batch by the toolkit's own kernels; no unit is dropped. */
  public static Gradients kernelGradients(
      Parameters parameters, FloatBuffer pixels, Targets targets, int microBatch) {
    // after a step of rate 1 from rest, the velocity is the gradient
    Recipe plain = Recipe.paper().momentum(0).decay(0);
    try (GradientDescent descent =
        new KernelDescent(parameters, plain, LayerRates.EVEN, Arithmetic.FAST, 1, microBatch)) {
      LossCounts counts = descent.step(pixels, targets, 1, 0);
      Map<String, float[]> byName = new LinkedHashMap<>();
      for (ParameterShape shape : descent.learned()) {
        byName.put(shape.name(), descent.momentum(shape).toArray());
      }
      return new Gradients(counts, byName);
    }
  }
}
