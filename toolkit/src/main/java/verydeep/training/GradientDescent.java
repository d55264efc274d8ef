package verydeep.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import java.nio.FloatBuffer;
import verydeep.network.Parameters;
import verydeep.network.VggBlock;

/** A network in training: its weights in native memory, and the step that changes them. */
final class GradientDescent implements AutoCloseable {

  private final NDManager manager;
  private final VggBlock block;
  private final ParameterStore store;
  private final Momentum momentum;
  private final Loss loss = new SoftmaxCrossEntropyLoss();

  GradientDescent(Parameters initial, Recipe recipe) {
    manager = NDManager.newBaseManager("PyTorch");
    block = VggBlock.of(initial.network());
    store = new ParameterStore(manager, false);
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      block.load(manager, initial);
      block.byShape().forEach((shape, p) -> p.getArray().setRequiresGradient(shape.learned()));
      momentum = new Momentum(recipe, block.byShape(), manager);
    } catch (RuntimeException | Error e) {
      manager.close(); // half of the weights may be in native memory
      throw e;
    } finally {
      JniUtils.setGradMode(gradients);
    }
  }

  /**
   * What a step found before it changed the weights.
   *
   * @param loss the mean over the batch
   * @param wrong pictures whose class did not have the highest score
   */
  record Outcome(float loss, int wrong) {}

  /**
   * One step.
   *
   * @param pixels preprocessed pictures, batch x 3 x side x side
   * @param labels a class a picture
   * @param rate the learning rate
   * @param seed decides which units dropout sets to zero
   */
  Outcome step(FloatBuffer pixels, int[] labels, double rate, int seed) {
    int side = block.network().input();
    Engine.getEngine("PyTorch").setRandomSeed(seed);
    boolean gradients = JniUtils.isGradMode();
    try (NDManager scope = manager.newSubManager()) {
      NDArray x = scope.create(pixels, new Shape(labels.length, 3, side, side));
      NDArray y = scope.create(labels);
      Outcome outcome;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray scores = block.forward(store, new NDList(x), true).singletonOrThrow();
        NDArray mean = loss.evaluate(new NDList(y), new NDList(scores));
        collector.backward(mean);
        outcome = new Outcome(mean.getFloat(), wrong(scores.toFloatArray(), labels));
      }
      JniUtils.setGradMode(false);
      if (Float.isFinite(outcome.loss())) {
        momentum.step(rate);
      }
      return outcome;
    } finally {
      JniUtils.setGradMode(gradients);
    }
  }

  private static int wrong(float[] scores, int[] labels) {
    int classes = scores.length / labels.length;
    int wrong = 0;
    for (int i = 0; i < labels.length; i++) {
      float own = scores[i * classes + labels[i]];
      for (int k = 0; k < classes; k++) {
        if (k != labels[i] && !(scores[i * classes + k] < own)) {
          wrong++;
          break;
        }
      }
    }
    return wrong;
  }

  /** A copy of the weights as they are now. */
  Parameters snapshot() {
    return block.save();
  }

  @Override
  public void close() {
    manager.close();
  }
}
