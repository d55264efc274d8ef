package verydeep.internal.onednn;

import verydeep.VerydeepException;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;

/**
 * Whether this machine can compute in bfloat16 with oneDNN. Nothing of the library is loaded before
 * it is asked for, and this class loads where the library is missing.
 */
public final class OneDnn {

  /** The version that the tests run with. */
  private static final String ARTIFACT = "org.bytedeco:dnnl-platform:3.11-1.5.13";

  private OneDnn() {}

  /**
   * Returns what this class path or processor lacks.
   *
   * @return the reason as the end of a sentence; empty if nothing is missing
   */
  public static String missing() {
    try {
      Class.forName("org.bytedeco.dnnl.memory", false, OneDnn.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return "oneDNN is not on the class path; add the dependency " + ARTIFACT;
    }
    try {
      return Processor.missing();
    } catch (LinkageError e) {
      return "oneDNN's library for this platform does not load ("
          + e.getMessage()
          + "); add the dependency "
          + ARTIFACT
          + ", which has those of all platforms";
    }
  }

  /**
   * Loads weights.
   *
   * @param parameters the weights and their network
   * @return the forward pass
   * @throws VerydeepException if a weight is not finite
   */
  public static ForwardPass load(Parameters parameters) {
    return new BfloatForwardPass(parameters);
  }
}
