package verydeep.internal.cpu;

/**
 * The runs of tiles over which a gradient is summed in one go. A run never leaves its image, so
 * that the sums do not depend on which images are processed together.
 *
 * <p>Images with many tiles have runs of about 64, each summed from zero and added as a whole, so
 * that the rows stay in the cache and long sums round less. In images with few, a run is the image,
 * and continues the sum of the one before, term by term; several runs may then be summed as one.
 *
 * @param tiles the tiles of an image
 * @param perImage the runs of an image
 * @param length the tiles of a run; the image's last one may be shorter
 * @param whole whether a run's sum is added as a whole
 */
record Runs(int tiles, int perImage, int length, boolean whole) {

  private static final int LONG = 64;

  static Runs of(int tiles) {
    boolean whole = tiles >= LONG / 2;
    int runs = whole ? (tiles + LONG - 1) / LONG : 1;
    int length = (tiles + runs - 1) / runs;
    return new Runs(tiles, (tiles + length - 1) / length, length, whole);
  }

  /** Returns how many runs may be summed as one. */
  int together() {
    return whole ? 1 : Math.max(1, LONG / length);
  }

  /** Returns the first tile of a run, counted over all images; also one past the run before. */
  int first(int run) {
    return run / perImage * tiles + run % perImage * length;
  }

  /** Returns the number of tiles of some runs. */
  int count(int from, int to) {
    return first(to) - first(from);
  }

  /** Returns one past the last tile that may be summed in one go with a tile. */
  int end(int tile) {
    if (!whole) {
      return tile + LONG;
    }
    int image = tile / tiles * tiles;
    return image + Math.min(tiles, ((tile - image) / length + 1) * length);
  }
}
