package verydeep.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * How long the vectors are that contestants may use: as long as the processor's, or of 256 bits by
 * the system property {@code bits}. ONNX Runtime and what else has no such setting must then be
 * left out.
 */
final class Vectors {

  private static final String BITS = System.getProperty("bits", "");

  private Vectors() {}

  private static boolean limited() {
    if (!BITS.isEmpty() && !BITS.equals("256")) {
      throw new IllegalArgumentException("bits=" + BITS + ": only 256 is known");
    }
    return !BITS.isEmpty();
  }

  /** Options of the JVMs in which contestants work. */
  static List<String> options() {
    return limited() ? List.of("-XX:UseAVX=2", "-Dbits=256") : List.of();
  }

  /**
   * Of peers: oneDNN's setting, which OpenVINO has too, PyTorch's own kernels, and its compiler's.
   */
  static Map<String, String> environment() {
    return limited()
        ? Map.of("ONEDNN_MAX_CPU_ISA", "AVX2", "ATEN_CPU_CAPABILITY", "avx2", "VECTOR_BITS", "256")
        : Map.of();
  }
}
