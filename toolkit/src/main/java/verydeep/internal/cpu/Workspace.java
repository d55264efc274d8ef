package verydeep.internal.cpu;

/** Memory that layers share: for each thread's tiles, and for the maps. */
final class Workspace {

  /** Arrays of this many numbers count as large for the collector; see {@link GemmKernel#FIRST}. */
  private static final int LARGE = 1 << 19;

  private final float[][] rows;
  private final float[][] sums;
  private final float[][] scratch;
  private final float[][] outputs;
  private final float[][] maps = new float[4][];
  private final float[][] gradients;
  private float[] shared = new float[0];
  private float[] sharedGradients = new float[0];
  private float[] weights = new float[0];

  Workspace(int members) {
    rows = new float[members][0];
    sums = new float[members][0];
    scratch = new float[members][LARGE];
    outputs = new float[members][LARGE];
    gradients = new float[members][0];
  }

  private static float[] atLeast(float[] array, int size) {
    int whole = Math.max(LARGE, Math.addExact(size, GemmKernel.FIRST));
    return array.length >= size + GemmKernel.FIRST ? array : new float[whole];
  }

  /** Returns memory for the transformed tiles of one thread. */
  float[] rows(int member, int size) {
    rows[member] = atLeast(rows[member], size);
    return rows[member];
  }

  /** Returns memory for the products of one thread. */
  float[] sums(int member, int size) {
    sums[member] = atLeast(sums[member], size);
    return sums[member];
  }

  /** Returns memory for transformed tiles that all threads read. */
  float[] shared(int size) {
    shared = atLeast(shared, size);
    return shared;
  }

  /** Returns memory for the transformed gradients of one thread's tiles. */
  float[] gradients(int member, int size) {
    gradients[member] = atLeast(gradients[member], size);
    return gradients[member];
  }

  /** Returns memory for transformed gradients that all threads read. */
  float[] sharedGradients(int size) {
    sharedGradients = atLeast(sharedGradients, size);
    return sharedGradients;
  }

  /** Returns memory for the transformed weights of one layer. */
  float[] weights(int size) {
    weights = atLeast(weights, size);
    return weights;
  }

  /** Returns memory for 80 vectors of one thread, after {@link GemmKernel#FIRST} numbers. */
  float[] scratch(int member) {
    return scratch[member];
  }

  /** Returns memory for 16 vectors of one thread, likewise. */
  float[] outputs(int member) {
    return outputs[member];
  }

  /** Returns one of four stores of maps, which may be the same array when requested again. */
  float[] maps(int store, int size) {
    if (maps[store] == null || maps[store].length < size + GemmKernel.FIRST) {
      maps[store] = null; // lets the old one be collected first
      maps[store] = new float[Math.max(LARGE, Math.addExact(size, GemmKernel.FIRST))];
    }
    return maps[store];
  }
}
