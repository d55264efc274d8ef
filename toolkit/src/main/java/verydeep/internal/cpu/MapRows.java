package verydeep.internal.cpu;

/**
 * Rows of maps, shared between threads by image and plane, for a vector of channels at a time. The
 * channels of a plane that are not used are left out; they may hold anything.
 */
final class MapRows {

  private static final int LANES = GemmKernel.LANES;

  private MapRows() {}

  /** Adds up a row for a vector of channels. */
  @FunctionalInterface
  interface Sum {
    /**
     * Adds up a row.
     *
     * @param at where the row begins
     * @param channel the first channel
     * @param sumsAt where its sum is
     * @param scratch a vector
     */
    void add(int at, int channel, int sumsAt, float[] scratch);
  }

  /** Does a row of two maps for a vector of channels. */
  @FunctionalInterface
  interface Pair {
    /**
     * Does a row.
     *
     * @param from where the row begins in the first map
     * @param to where it begins in the second one
     * @param channel the first channel
     */
    void run(int from, int to, int channel);
  }

  /**
   * Adds up the rows of each image, in order, to images x channels.
   *
   * @param maps the images
   * @param firstImage the first one's number among the sums
   * @param channels the number of sums of an image
   * @param sum adds a row
   */
  static void sums(
      Maps maps, int firstImage, int channels, Sum sum, Team team, Workspace workspace) {
    int planes = maps.planes();
    team.run(
        maps.images() * planes,
        (index, member) -> {
          int image = index / planes;
          int plane = index % planes;
          int first = plane * maps.pixel();
          int to = (firstImage + image) * channels + first;
          float[] scratch = workspace.scratch(member);
          for (int c = 0; c < used(maps, first); c += LANES) {
            for (int i = 0; i < maps.shape().height(); i++) {
              sum.add(maps.at(image, plane, i, 0) + c, first + c, to + c, scratch);
            }
          }
        });
  }

  /** Does the rows of two maps of the same shape. */
  static void pairs(Maps from, Maps to, Pair pair, Team team) {
    int planes = from.planes();
    team.run(
        from.images() * planes,
        (index, member) -> {
          int image = index / planes;
          int plane = index % planes;
          int first = plane * from.pixel();
          for (int i = 0; i < from.shape().height(); i++) {
            int x = from.at(image, plane, i, 0);
            int y = to.at(image, plane, i, 0);
            for (int c = 0; c < used(from, first); c += LANES) {
              pair.run(x + c, y + c, first + c);
            }
          }
        });
  }

  private static int used(Maps maps, int firstChannel) {
    return GemmKernel.used(maps.shape().channels() - firstChannel);
  }
}
