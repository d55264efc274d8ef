package verydeep.internal.files;

/** Converts 16-bit floating-point numbers (IEEE 754 binary16) to 32 bits, without loss. */
public final class HalfFloats {

  private HalfFloats() {}

  static float widen(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float small = fraction * 0x1p-24f;
      return sign == 0 ? small : -small;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
