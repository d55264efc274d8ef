package verydeep.cpu;

/**
 * Whether this JVM has what the kernels need: the JDK's Vector API, which incubates and must be
 * asked for, and vectors of 256 bits or more. Nothing that needs the module is loaded unless it is
 * there.
 */
final class VectorModule {

  private static final String NAME = "jdk.incubator.vector";

  /** Narrower ones would not win against libtorch's kernels. */
  private static final int LEAST_BITS = 256;

  private VectorModule() {}

  /** What is missing, as the end of a sentence; empty if nothing is. */
  static String missing() {
    if (ModuleLayer.boot().findModule(NAME).isEmpty()) {
      return "this JVM was started without --add-modules " + NAME;
    }
    int bits = 32 * GemmKernel.LANES;
    return bits < LEAST_BITS
        ? "vectors of this processor have " + bits + " bits and not " + LEAST_BITS
        : "";
  }

  static boolean present() {
    return missing().isEmpty();
  }
}
