package verydeep.transfer;

/** One linear decision a class. */
final class Hyperplanes {

  private final double[][] weights;
  private final String trainedOn;

  /**
   * Decisions.
   *
   * @param weights of each class, the offset last
   * @param trainedOn for messages
   */
  Hyperplanes(double[][] weights, String trainedOn) {
    this.weights = weights;
    this.trainedOn = trainedOn;
  }

  /** A number a class, above 0 if the vector is on the class's side. */
  float[] decide(float[] vector) {
    int dimension = weights[0].length - 1;
    if (vector.length != dimension) {
      throw new TransferException(
          "The vector has "
              + vector.length
              + " numbers; the classifier was trained on "
              + dimension
              + " ("
              + trainedOn
              + ").");
    }
    float[] values = new float[weights.length];
    for (int k = 0; k < values.length; k++) {
      double sum = weights[k][dimension];
      for (int i = 0; i < dimension; i++) {
        sum += weights[k][i] * vector[i];
      }
      values[k] = (float) sum;
    }
    return values;
  }

  @Override
  public String toString() {
    return "linear SVM on " + trainedOn + ": " + weights.length + " classes";
  }
}
