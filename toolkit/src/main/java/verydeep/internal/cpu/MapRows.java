package verydeep.internal.cpu;

/**
 * Rows of maps, shared between threads by image and plane, for a vector of channels at a time. The
 * channels of a plane that are not used are left out; they may hold anything.
 */
final class MapRows {

  private static final int LANES = GemmKernel.LANES;

  private MapRows() {}

  /** Does a vector of channels of an image. */
  @FunctionalInterface
  interface Channels {
    /**
     * Does the rows of these channels.
     *
     * @param image the number of the image
     * @param plane the number of the plane
     * @param c the first channel within the plane
     * @param scratch a vector
     */
    void run(int image, int plane, int c, float[] scratch);
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

  /** Does each image, a vector of channels at a time. */
  static void channels(Maps maps, Channels channels, Team team, Workspace workspace) {
    int planes = maps.planes();
    team.run(
        maps.images() * planes,
        (index, member) -> {
          int plane = index % planes;
          for (int c = 0; c < used(maps, plane * maps.pixel()); c += LANES) {
            channels.run(index / planes, plane, c, workspace.scratch(member));
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
