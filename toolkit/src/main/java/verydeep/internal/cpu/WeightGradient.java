package verydeep.internal.cpu;

import java.util.Arrays;

/**
 * The gradient of a convolution's weights, in the form in which the layer computes. An output's
 * products are p = v u with v = B' d B of the input and u = G g G' of the kernel; so the gradient
 * of u is the sum of v dp over all tiles, where dp = A dy A', and that of g is G' du G.
 *
 * <p>The sums of a layer with few channels are divided into a fixed number of parts, each of which
 * a thread computes by itself, and which are added in order. With many channels, all threads
 * produce the rows of a group of tiles together, and then share the products and the outputs.
 * Either way each number is the same sum in the same order, regardless of the threads and of how
 * the batch was cut.
 */
final class WeightGradient {

  /** The number of parts, unless there are many channels. */
  private static final int PARTS = 8;

  /** The most inputs times outputs for which the sums have parts. */
  private static final int FEW = 4096;

  /**
   * The least bytes of rows that the threads share: a part of the third-level cache. Where the sums
   * take more than twice as much, the rows take half as much as the sums, since each group of rows
   * reads and writes all sums.
   */
  private static final int COMMON_BYTES = 4_000_000;

  private static final int COLUMNS = GemmKernel.COLUMNS;

  private final Panels[] sums;
  private final float[][] biasSums;
  private final double[] factors;
  private final boolean[] begun;

  /**
   * Describes the gradient of a layer.
   *
   * @param form the form in which the layer computes
   * @param weights the layer's weights
   */
  WeightGradient(Winograd form, LearnedWeights weights) {
    int depth = weights.panels().depth();
    int outputs = weights.outputs();
    boolean gathered = weights.panels().gathered();
    sums = new Panels[gathered || depth * outputs <= FEW ? PARTS : 1];
    factors = form.sumFactors();
    biasSums = new float[sums.length][factors.length * weights.panels().blocks() * COLUMNS];
    begun = new boolean[sums.length];
    int size = Panels.numbers(form, gathered, outputs, depth);
    for (int part = 0; part < sums.length; part++) {
      sums[part] = new Panels(form, gathered, weights.inputs(), outputs, depth, new float[size]);
    }
  }

  /** Returns the bytes of the sums. */
  long bytes() {
    long numbers = 0;
    for (int part = 0; part < sums.length; part++) {
      numbers += biasSums[part].length + (long) sums[part].numbers().length;
    }
    return 4 * numbers;
  }

  /** Forgets the sums, before the first images of a step. */
  void begin() {
    Arrays.fill(begun, false);
  }

  /**
   * Adds the gradients of some images.
   *
   * @param in the layer's inputs
   * @param gradient the gradients of its outputs
   * @param padding the zeros at each edge of the inputs
   * @param firstImage the number of the first image within the batch
   * @param team the threads that share the work
   * @param workspace the memory to work in
   */
  void add(Maps in, Maps gradient, int padding, int firstImage, Team team, Workspace workspace) {
    Winograd form = sums[0].form();
    Tiles tiles = new Tiles(gradient.shape(), form.outputs(), gradient.images());
    Runs runs = Runs.of(tiles.perImage());
    int count = runs.perImage() * gradient.images();
    int before = runs.perImage() * firstImage;
    if (sums[0].gathered()) {
      ImageGradient images = new ImageGradient(in, gradient, padding, form.kernel());
      team.run(
          sums.length,
          (part, member) -> {
            int first = Math.floorMod(part - before, sums.length);
            for (int run = first; run < count; run += sums.length) {
              int n = runs.count(run, run + 1);
              OuterKernel.Into into = into(part, true, runs);
              images.add(
                  runs.first(run), n, sums[part], biasSums[part], into, workspace.scratch(member));
              begun[part] = true;
            }
          });
      return;
    }
    TileRows inputs = new TileRows(sums[0], padding, in, tiles);
    GradientRows outputs = new GradientRows(form, gradient, tiles);
    if (sums.length > 1) {
      team.run(
          sums.length,
          (part, member) -> {
            int first = Math.floorMod(part - before, sums.length);
            int step = runs.together() * sums.length;
            for (int run = first; run < count; run += step) {
              int some = Math.min(runs.together(), (count - run + sums.length - 1) / sums.length);
              addPart(part, run, some, runs, inputs, outputs, workspace, member);
            }
          });
      return;
    }
    long bytes = Math.max(COMMON_BYTES, bytes() / 2);
    int groups = groups(count, bytes / (inputs.bytes() + outputs.bytes()) / runs.length());
    for (int group = 0; group < groups; group++) {
      int run = (int) ((long) count * group / groups);
      int tile = runs.first(run);
      int n = runs.count(run, (int) ((long) count * (group + 1) / groups));
      float[] v = workspace.shared(inputs.size(n));
      float[] d = workspace.sharedGradients(outputs.size(n));
      int part = Math.max(4, n / (4 * team.size()));
      team.run(
          (n + part - 1) / part,
          (index, member) -> {
            int from = index * part;
            int to = Math.min(n, from + part);
            inputs.fill(tile, from, to, n, v, workspace.scratch(member));
            outputs.fill(tile, from, to, n, d, workspace.scratch(member));
          });
      team.run(
          sums[0].products() * sums[0].blocks(),
          (index, member) -> sum(0, index, inputs, v, outputs, d, tile, n, runs));
      begun[0] = true;
    }
  }

  /** Returns the number of groups of about the same size for a number of runs. */
  private static int groups(int runs, long most) {
    return (int) ((runs + Math.max(1, most) - 1) / Math.max(1, most));
  }

  /** Adds some runs of a part, which are {@link #PARTS} apart. */
  private void addPart(
      int part,
      int first,
      int count,
      Runs runs,
      TileRows inputs,
      GradientRows outputs,
      Workspace workspace,
      int member) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      n += runs.count(first + i * sums.length, first + i * sums.length + 1);
    }
    float[] v = workspace.rows(member, inputs.size(n));
    float[] d = workspace.gradients(member, outputs.size(n));
    int to = 0;
    for (int i = 0; i < count; i++) {
      int run = first + i * sums.length;
      int from = to;
      int tile = runs.first(run) - from;
      to += runs.count(run, run + 1);
      inputs.fill(tile, from, to, n, v, workspace.scratch(member));
      outputs.fill(tile, from, to, n, d, workspace.scratch(member));
    }
    int tile = runs.first(first);
    for (int i = 0; i < sums[part].products() * sums[part].blocks(); i++) {
      sum(part, i, inputs, v, outputs, d, tile, n, runs);
    }
    begun[part] = true;
  }

  /** Returns how the sum of a run joins the sums of a part. */
  private OuterKernel.Into into(int part, boolean first, Runs runs) {
    if (first && !begun[part]) {
      return OuterKernel.Into.NEW;
    }
    return runs.whole() ? OuterKernel.Into.ADD : OuterKernel.Into.CHAIN;
  }

  /** Sums the rows of some tiles for a product and a block of outputs. */
  private void sum(
      int part,
      int index,
      TileRows inputs,
      float[] v,
      GradientRows outputs,
      float[] d,
      int first,
      int tiles,
      Runs runs) {
    Panels into = sums[part];
    int product = index / into.blocks();
    int block = index % into.blocks();
    int columns = outputs.at(product, block, tiles);
    int used = GemmKernel.used(into.outputs() - block * COLUMNS);
    int step;
    for (int t = 0; t < tiles; t += step) {
      step = Math.min(tiles, runs.end(first + t) - first) - t;
      OuterKernel.Into how = into(part, t == 0, runs);
      int dAt = columns + t * COLUMNS;
      for (int k = 0; k < into.depth(); k += OuterKernel.INPUTS) {
        int vAt = inputs.at(product, k, tiles) + t * GemmKernel.DEPTH + k % GemmKernel.DEPTH;
        int m = into.at(block, product) + k * COLUMNS;
        OuterKernel.sum(v, vAt, d, dAt, step, into.numbers(), m, used, how);
      }
      if (product < factors.length && factors[product] != 0) {
        OuterKernel.sum(d, dAt, step, biasSums[part], index * COLUMNS, how);
      }
    }
  }

  /** Writes the gradients of the weights and biases, after the last images of a step. */
  void finish(LearnedWeights weights, Team team, Workspace workspace) {
    Panels total = sums[0];
    team.run(
        total.blocks(),
        (block, member) -> {
          for (int part = 1; part < sums.length; part++) {
            if (begun[part]) {
              int size = total.products() * total.depth() * COLUMNS;
              add(sums[part].numbers(), total.numbers(), total.at(block, 0), size);
              for (int p = 0; p < factors.length; p++) {
                add(biasSums[part], biasSums[0], (p * total.blocks() + block) * COLUMNS, COLUMNS);
              }
            }
          }
          if (weights.weightsLearn()) {
            WeightForms.back(total, block, weights, workspace.scratch(member));
          }
          if (weights.biasesLearn()) {
            biases(block, total.blocks(), weights.biasGradient());
          }
        });
  }

  /** Writes the gradients of a block of biases, which are the sums over a tile's outputs. */
  private void biases(int block, int blocks, float[] gradient) {
    for (int c = block * COLUMNS; c < (block + 1) * COLUMNS; c++) {
      double sum = 0;
      for (int p = 0; p < factors.length; p++) {
        if (factors[p] != 0) {
          sum += factors[p] * biasSums[0][p * blocks * COLUMNS + c];
        }
      }
      gradient[c] = (float) sum;
    }
  }

  private static void add(float[] from, float[] to, int at, int count) {
    for (int i = at; i < at + count; i++) {
      to[i] += from[i];
    }
  }
}
