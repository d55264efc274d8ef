package verydeep.cpu;

import verydeep.network.MapShape;

/**
 * A convolution or a fully connected layer with its batch normalization, ReLU and, if one follows,
 * max-pooling: tiles are transformed to rows, rows are multiplied by the weights, and the sums are
 * transformed back.
 *
 * <p>Each number of the result is always the same sum in the same order, regardless of the threads,
 * the batch and the groups of tiles. The groups are chosen so that the caches hold what is read
 * again: with few channels each thread processes a group of its own; with many, all threads produce
 * the rows of a large group together and then share the output channels, so that the weights are
 * read once.
 */
final class ConvolutionStep implements Step {

  /** The most a thread's rows may take: half of a second-level cache. */
  private static final int OWN_BYTES = 500_000;

  /** The most shared rows may take: a part of the third-level cache. */
  private static final int COMMON_BYTES = 16_000_000;

  /**
   * The longest sum computed in one go; longer sums are made of such partial sums, which rounds
   * less.
   */
  static final int LONGEST_SUM = 512;

  private final ConvolutionWeights weights;
  private final boolean relu;
  private final boolean pool;

  ConvolutionStep(ConvolutionWeights weights, boolean relu, boolean pool) {
    this.weights = weights;
    this.relu = relu;
    this.pool = pool;
  }

  @Override
  public MapShape output(MapShape input) {
    MapShape whole = unpooled(input);
    return pool ? new MapShape(whole.channels(), whole.height() / 2, whole.width() / 2) : whole;
  }

  private MapShape unpooled(MapShape input) {
    int lost = weights.kernel() - 1 - 2 * weights.padding();
    return new MapShape(weights.outputs(), input.height() - lost, input.width() - lost);
  }

  @Override
  public long bytes() {
    return Math.max(weights.bytes(), weights.sourceBytes());
  }

  @Override
  public void run(Maps in, Maps out, Team team, Workspace workspace) {
    boolean[] notFinite = new boolean[in.images()];
    Panels panels = weights.panels(unpooled(in.shape()), team);
    run(panels, in, out, notFinite, team, workspace);
    if (panels.form().outputs() > 1) {
      for (int image = 0; image < notFinite.length; image++) {
        if (notFinite[image]) {
          again(in.slice(image, 1), out.slice(image, 1), team, workspace);
        }
      }
    }
  }

  /**
   * Computes images with non-finite outputs again, directly: Winograd's sums turn one infinity into
   * many NaNs, and overflow sooner.
   */
  private void again(Maps in, Maps out, Team team, Workspace workspace) {
    Panels panels = weights.direct(team);
    ConvolutionStep plain = new ConvolutionStep(weights, relu, false);
    if (!pool) {
      plain.run(panels, in, out, new boolean[1], team, workspace);
      return;
    }
    MapShape shape = unpooled(in.shape());
    Maps whole = new Maps(new float[Maps.size(shape, out.pixel())], 0, 1, shape, out.pixel());
    plain.run(panels, in, whole, new boolean[1], team, workspace);
    new PoolingStep().run(whole, out, team, workspace);
  }

  private void run(
      Panels panels, Maps in, Maps out, boolean[] notFinite, Team team, Workspace workspace) {
    out.clearBorders(team);
    Tiles tiles = new Tiles(unpooled(in.shape()), panels.form().outputs(), in.images());
    TileWork work =
        new TileWork(panels, weights.bias(), weights.padding(), relu, pool, in, out, tiles);
    int count = tiles.count();
    int own = rounded(OWN_BYTES / work.rowBytes());
    int fair = rounded((count + 2 * team.size() - 1) / (2 * team.size()));
    if (own >= 24 && fair >= 24) {
      int group = Math.min(own, fair);
      team.run(
          (count + group - 1) / group,
          (index, member) -> {
            int first = index * group;
            int n = Math.min(group, count - first);
            float[] rows = workspace.rows(member, work.rowsSize(n));
            work.rows(first, 0, n, n, rows, workspace.scratch(member));
            for (int block = 0; block < panels.blocks(); block++) {
              work.block(block, first, n, rows, notFinite, workspace, member);
            }
          });
    } else {
      int group = rounded(Math.min(count, COMMON_BYTES / work.rowBytes()));
      for (int from = 0; from < count; from += group) {
        int first = from;
        int n = Math.min(group, count - first);
        float[] rows = workspace.shared(work.rowsSize(n));
        int part = Math.max(1, n / (4 * team.size()));
        team.run(
            (n + part - 1) / part,
            (index, member) ->
                work.rows(
                    first,
                    index * part,
                    Math.min(n, index * part + part),
                    n,
                    rows,
                    workspace.scratch(member)));
        team.run(
            panels.blocks(),
            (block, member) -> work.block(block, first, n, rows, notFinite, workspace, member));
      }
    }
  }

  private static int rounded(int tiles) {
    return Math.max(1, (tiles + GemmKernel.ROWS - 1) / GemmKernel.ROWS) * GemmKernel.ROWS;
  }

  @Override
  public String toString() {
    return weights + (relu ? ", relu" : "") + (pool ? ", max-pooling" : "");
  }
}
