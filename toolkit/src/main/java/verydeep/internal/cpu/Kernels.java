package verydeep.internal.cpu;

import java.util.Set;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** The toolkit's own kernels for CPUs: what they need, and what they can do with a network. */
public enum Kernels {
  /** Winograd's F(4x4, 3x3). */
  FAST,

  /** F(2x2, 3x3) or direct. */
  EXACT;

  private Winograd form() {
    return this == FAST ? Winograd.FOUR : Winograd.TWO;
  }

  /**
   * Returns what this JVM or processor lacks.
   *
   * @return the reason as the end of a sentence; empty if nothing is missing
   */
  public static String missing() {
    return VectorModule.missing();
  }

  /**
   * Returns why the kernels cannot train a network in this JVM.
   *
   * @param network the network
   * @return the reason as the end of a sentence; empty if there is none
   */
  public static String whyNotTrain(Vgg network) {
    String missing = missing();
    return missing.isEmpty() ? TrainingPass.whyNot(network) : missing;
  }

  /**
   * Transforms weights for testing.
   *
   * @param parameters the weights and their network
   * @return the forward pass
   */
  public ForwardPass load(Parameters parameters) {
    return new CpuForwardPass(parameters, form(), Team.SHARED);
  }

  /**
   * Lays out weights for training.
   *
   * @param parameters the first weights, of a network that can be trained
   * @param learned the names of the arrays that learn, such as {@code fc8.weight}
   * @return the training pass
   */
  public TrainingPass train(Parameters parameters, Set<String> learned) {
    return new TrainingPass(parameters, learned, form(), Team.SHARED);
  }

  /**
   * Prepares a network for gradients with respect to its input and its layers.
   *
   * @param parameters the weights and their network
   * @return the pass
   */
  public GradientPass gradients(Parameters parameters) {
    return new GradientPass(parameters, form(), Team.SHARED);
  }
}
