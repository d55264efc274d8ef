package verydeep.benchmarks;

import java.nio.file.Path;
import verydeep.data.Augmentation;
import verydeep.data.ColorStatistics;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;
import verydeep.internal.batches.Batch;
import verydeep.internal.batches.Batches;

/** An epoch of our own batches, with the paper's augmentation. */
final class BatchesContestant implements Contestant {

  private final Images images;
  private final ColorStatistics colors;
  private final TrainingScale scale;
  private final int threads;
  private int epoch;

  BatchesContestant(Path folder, TrainingScale scale, int threads) {
    this.images = Images.folder(folder);
    this.colors = ColorStatistics.of(images);
    this.scale = scale;
    this.threads = threads;
  }

  @Override
  public void step() {
    int seen = 0;
    try (Batches batches =
        Batches.of(images)
            .window(224)
            .scale(scale)
            .augmentation(Augmentation.paper())
            .colors(colors)
            .preprocessing(Preprocessing.paper(colors.mean()))
            .size(32)
            .shuffled(1, ++epoch)
            .threads(threads)
            .open()) {
      for (Batch batch : batches) {
        seen += batch.size();
      }
    }
    if (seen != images.size()) {
      throw new IllegalStateException(seen + " images of " + images.size());
    }
  }

  @Override
  public String versions() {
    return "Java " + Runtime.version().feature();
  }

  @Override
  public void close() {}
}
