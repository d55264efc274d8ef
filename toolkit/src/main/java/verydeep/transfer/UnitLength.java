package verydeep.transfer;

/** The last step of every feature (appendix B): division by its Euclidean length. */
final class UnitLength {

  private UnitLength() {}

  /** Changes the vector itself; a vector of zeros stays as it is. */
  static float[] of(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; length > 0 && i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }
}
