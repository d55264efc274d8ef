package verydeep.internal.cpu;

/**
 * Checks whether this JVM has what the kernels need: the JDK's Vector API, which is an incubator
 * module and must be enabled, and vectors of 256 bits or more. Nothing that needs the module is
 * loaded unless it is present.
 */
final class VectorModule {

  private static final String NAME = "jdk.incubator.vector";

  /** Narrower vectors would not beat libtorch's kernels. */
  private static final int LEAST_BITS = 256;

  private VectorModule() {}

  /** Returns what is missing, as the end of a sentence; empty if nothing is. */
  static String missing() {
    if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
      return "this JVM was started without --add-modules " + NAME;
    }
    int bits = 32 * GemmKernel.LANES;
    return bits < LEAST_BITS
        ? "this processor's vectors have " + bits + " bits; at least " + LEAST_BITS + " are needed"
        : "";
  }
}
