package verydeep.transfer;

import java.util.ArrayList;
import java.util.List;
import verydeep.cpu.Arithmetic;
import verydeep.data.RgbImage;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.MeanActivations;
import verydeep.internal.inference.ShapeBatches;
import verydeep.internal.inference.Work;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.NetworkSummary;
import verydeep.weights.Checkpoint;

/**
 * What one view of an image gave to a vector: a layer's maps, and where their cells lie.
 *
 * @param scale Q of the view
 * @param flipped whether left and right are swapped
 * @param maps the layer's activations for this view alone
 * @param rows where the rows of cells lie
 * @param columns where the columns lie, in the image that is not flipped
 */
record ViewEvidence(int scale, boolean flipped, Activations maps, Cells rows, Cells columns) {

  /** The views of an extraction, in the order of the scales. */
  static List<ViewEvidence> of(
      FeatureSource.Extract extract, Checkpoint checkpoint, RgbImage image) {
    List<Integer> scales = extract.scales().stream().distinct().toList();
    TestViews views = new TestViews(View.dense(), scales, extract.flipped());
    double work = Work.multiplications(views, checkpoint.network(), extract.layer());
    List<TestViews.Shown> shown = views.of(image, "the image", Work.window(checkpoint.network()));
    Arithmetic arithmetic = Arithmetics.forWork(checkpoint.parameters(), work);
    List<Activations> maps;
    try (ForwardPass pass = Arithmetics.load(arithmetic, checkpoint.parameters())) {
      maps =
          new ShapeBatches(pass, checkpoint.preprocessing(), List.of(extract.layer()))
              .run(
                  shown.stream().map(TestViews.Shown::image).toList(),
                  (batch, i) -> alone(batch.get(0), i));
    }
    List<ViewEvidence> all = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      RgbImage seen = shown.get(i).image();
      NetworkSummary.Row row =
          checkpoint.network().summary(seen.height(), seen.width()).row(extract.layer());
      Cells columns = Cells.of(row, maps.get(i).shape().width(), seen.width());
      all.add(
          new ViewEvidence(
              shown.get(i).scale(),
              shown.get(i).flipped(),
              maps.get(i),
              Cells.of(row, maps.get(i).shape().height(), seen.height()),
              shown.get(i).flipped() ? columns.flipped() : columns));
    }
    return all;
  }

  private static Activations alone(Activations batch, int image) {
    int size = Math.toIntExact(batch.shape().size());
    float[] own = new float[size];
    System.arraycopy(batch.values(), image * size, own, 0, size);
    return new Activations(batch.layer(), 1, batch.shape(), own);
  }

  /** As an extraction averages it. */
  MeanActivations means() {
    return new MeanActivations(scale, flipped, List.of(maps.meanOverSpace(0)));
  }

  /**
   * Adds what each cell contributes to a map with finer cells.
   *
   * @param weights one per channel, for the sum over all cells of this view
   * @param sums the finer map, row by row
   */
  void add(double[] weights, Cells fineRows, Cells fineColumns, double[] sums) {
    int height = maps.shape().height();
    int width = maps.shape().width();
    double[][] down = rows.shares(fineRows);
    double[][] across = columns.shares(fineColumns);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        double value = 0;
        for (int channel = 0; channel < weights.length; channel++) {
          value += weights[channel] * maps.values()[(channel * height + row) * width + column];
        }
        value /= height * width;
        for (int y = 0; y < fineRows.count(); y++) {
          for (int x = 0; x < fineColumns.count() && down[row][y] > 0; x++) {
            sums[y * fineColumns.count() + x] += value * down[row][y] * across[column][x];
          }
        }
      }
    }
  }
}
