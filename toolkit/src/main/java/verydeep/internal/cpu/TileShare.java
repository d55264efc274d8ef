package verydeep.internal.cpu;

/**
 * How threads share a layer's tiles. Each number of the result is always the same sum in the same
 * order, regardless of the threads, the batch and the groups of tiles.
 *
 * <p>The groups are chosen so that the caches hold what is read again: with few channels each
 * thread processes a group of its own; with many, all threads produce the rows of a large group
 * together and then share the output channels, so that the weights are read once.
 */
final class TileShare {

  /** The most a thread's rows may take: half of a second-level cache. */
  private static final int OWN_BYTES = 500_000;

  /** The most shared rows may take: a part of the third-level cache. */
  private static final int COMMON_BYTES = 16_000_000;

  private TileShare() {}

  /**
   * Does all tiles of a layer.
   *
   * @param work the layer's work
   * @param notFinite is set to true for each image with an output that is not finite
   * @param team the threads that share the work
   * @param workspace the memory to work in
   */
  static void run(TileWork work, boolean[] notFinite, Team team, Workspace workspace) {
    TileRows tileRows = work.rows();
    int count = work.count();
    int own = rounded(OWN_BYTES / tileRows.bytes());
    int fair = rounded((count + 2 * team.size() - 1) / (2 * team.size()));
    if (own >= 24 && fair >= 24) {
      int group = Math.min(own, fair);
      team.run(
          (count + group - 1) / group,
          (index, member) -> {
            int first = index * group;
            int n = Math.min(group, count - first);
            float[] rows = workspace.rows(member, tileRows.size(n));
            tileRows.fill(first, 0, n, n, rows, workspace.scratch(member));
            for (int block = 0; block < work.blocks(); block++) {
              work.block(block, first, n, rows, notFinite, workspace, member);
            }
          });
    } else {
      int group = rounded(Math.min(count, COMMON_BYTES / tileRows.bytes()));
      for (int from = 0; from < count; from += group) {
        int first = from;
        int n = Math.min(group, count - first);
        float[] rows = workspace.shared(tileRows.size(n));
        int part = Math.max(1, n / (4 * team.size()));
        team.run(
            (n + part - 1) / part,
            (index, member) ->
                tileRows.fill(
                    first,
                    index * part,
                    Math.min(n, index * part + part),
                    n,
                    rows,
                    workspace.scratch(member)));
        team.run(
            work.blocks(),
            (block, member) -> work.block(block, first, n, rows, notFinite, workspace, member));
      }
    }
  }

  private static int rounded(int tiles) {
    return TileRows.padded(Math.max(1, tiles));
  }
}
