package verydeep.inspection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.LayerGradients;

/** One image being made, step by step. */
final class OptimizationRun {

  private final LayerGradients network;
  private final Preprocessing preprocessing;
  private final List<Objective> objectives;
  private final List<Term.Ready> terms = new ArrayList<>();
  private final Set<String> layers = new LinkedHashSet<>();
  private final Pixels pixels;
  private final Descent descent;
  private final int jitter;
  private final SplittableRandom random;
  private final long start = System.nanoTime();
  private double[] losses = {};

  OptimizationRun(
      LayerGradients network,
      Preprocessing preprocessing,
      List<Objective> objectives,
      Pixels pixels,
      Descent descent,
      int jitter,
      long seed) {
    this.network = network;
    this.preprocessing = preprocessing;
    this.objectives = objectives;
    this.pixels = pixels;
    this.descent = descent;
    this.jitter = jitter;
    this.random = new SplittableRandom(seed);
  }

  /** Takes the steps, or as many as there are before an interrupt, which is then done with. */
  OptimizedImage run(int steps, ImageProgress progress) {
    try {
      getReady();
      while (losses.length < steps) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("The thread was interrupted.");
        }
        step(steps, progress);
      }
      return ended(false, progress);
    } catch (CancellationException e) { // here, or in the network's passes
      Thread.interrupted(); // this is what was asked for, and it is done
      return ended(true, progress);
    }
  }

  private void getReady() {
    References references = new References(network, preprocessing);
    for (Objective objective : objectives) {
      terms.add(objective.term().ready(references, pixels.height(), pixels.width()));
      layers.addAll(objective.term().layers());
    }
  }

  private void step(int steps, ImageProgress progress) {
    pixels.clamp();
    LossGradient gradient = new LossGradient(pixels.levels().length);
    double loss = loss(gradient);
    descent.step(pixels.levels(), gradient.pixels());
    losses = Arrays.copyOf(losses, losses.length + 1);
    losses[losses.length - 1] = loss;
    progress.step(new ImageProgress.Step(losses.length, steps, loss, seconds(), pixels));
  }

  private OptimizedImage ended(boolean interrupted, ImageProgress progress) {
    pixels.clamp();
    OptimizedImage made = made(interrupted);
    progress.ended(made);
    return made;
  }

  private OptimizedImage made(boolean interrupted) {
    return new OptimizedImage(
        pixels.copy(),
        losses,
        interrupted,
        seconds(),
        network.arithmetic(),
        objectives.stream().map(Objective::toString).toList());
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private double loss(LossGradient gradient) {
    int right = jitter == 0 ? 0 : random.nextInt(-jitter, jitter + 1);
    int down = jitter == 0 ? 0 : random.nextInt(-jitter, jitter + 1);
    Map<String, Activations> activations = Map.of();
    if (!layers.isEmpty()) {
      float[] input = pixels.input(preprocessing, right, down);
      activations = network.forward(input, 1, pixels.height(), pixels.width(), layers);
    }
    double sum = 0;
    for (int i = 0; i < terms.size(); i++) {
      double weight = objectives.get(i).weight();
      sum += weight * terms.get(i).add(pixels, activations, weight, gradient);
    }
    if (!Double.isFinite(sum)) {
      throw new VerydeepException(
          "The loss became %s after %d steps. Use smaller weights, or a smaller rate."
              .formatted(sum, losses.length));
    }
    if (!layers.isEmpty()) {
      float[] atInput =
          network
              .backward(gradient.layers(), Set.of(LayerGradients.INPUT))
              .get(LayerGradients.INPUT);
      pixels.addGradient(preprocessing, right, down, atInput, gradient.pixels());
    }
    return sum;
  }
}
