package verydeep.internal.onednn;

import org.bytedeco.dnnl.global.dnnl;

/** What this processor has for bfloat16. */
final class Processor {

  private static final int BF16 = dnnl.dnnl_cpu_isa_avx512_core_bf16;
  private static final int AMX = dnnl.dnnl_cpu_isa_avx512_core_amx;

  static {
    // JavaCPP's own limit counts what the whole process holds, mapped files and libtorch included
    unlessSet("org.bytedeco.javacpp.maxBytes");
    unlessSet("org.bytedeco.javacpp.maxPhysicalBytes");
  }

  private Processor() {}

  private static void unlessSet(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "0");
    }
  }

  private static boolean has(int instructions) {
    return (dnnl.dnnl_get_effective_cpu_isa() & instructions) == instructions;
  }

  /** Returns what is missing, as the end of a sentence; empty if nothing is. */
  static String missing() {
    return has(BF16) ? "" : "this processor has neither AMX nor AVX512_BF16, which bfloat16 needs";
  }

  /** Returns the name of the instructions that multiply. */
  static String instructions() {
    return has(AMX) ? "AMX" : "AVX512_BF16";
  }
}
