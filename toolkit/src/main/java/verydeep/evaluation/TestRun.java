package verydeep.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.data.UnreadableImageException;
import verydeep.internal.inference.ActivationReader;
import verydeep.internal.inference.MeanActivations;
import verydeep.internal.inference.Posteriors;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.inference.TestFolder;

/** Takes the activations of a test, image by image, and keeps them in its folder as it goes. */
final class TestRun implements ActivationReader.Sink {

  private final Images images;
  private final List<String> classes;
  private final int[] labels;
  private final boolean skipping;
  private final TestFolder<EvaluationFile.Content> folder;
  private final int chunk;
  private final ProgressLine progress;
  private final String what;
  private final double secondsBefore;
  private final List<Prediction> predictions = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final long began = System.nanoTime();
  private int keptPredictions;
  private int keptSkipped;

  /**
   * A run.
   *
   * @param labels for each class of the images its index among the network's
   * @param found where it goes on
   * @param folder null if nothing is kept
   * @param chunk how many images come together; parts end at multiples of it
   */
  TestRun(
      Images images,
      List<String> classes,
      int[] labels,
      boolean skipping,
      TestFolder.Found<EvaluationFile.Content> found,
      TestFolder<EvaluationFile.Content> folder,
      int chunk,
      ProgressLine progress,
      String what) {
    this.images = images;
    this.classes = classes;
    this.labels = labels;
    this.skipping = skipping;
    this.folder = folder;
    this.chunk = chunk;
    this.progress = progress;
    this.what = what;
    secondsBefore = found.seconds();
    for (EvaluationFile.Content part : found.parts()) {
      predictions.addAll(part.predictions());
      skipped.addAll(part.skipped());
    }
    keptPredictions = predictions.size();
    keptSkipped = skipped.size();
    progress.begin(found.done());
    progress.show(what, found.done(), images.size());
  }

  @Override
  public void accept(int index, List<MeanActivations> activations) {
    float[] posterior = Posteriors.mean(activations);
    predictions.add(new Prediction(images.file(index), labels[images.label(index)], posterior));
    done(index + 1);
  }

  @Override
  public void unreadable(int index, UnreadableImageException reason) {
    if (!skipping) {
      throw reason;
    }
    skipped.add(new Skipped(images.file(index), reason.reason()));
    done(index + 1);
  }

  /** The images of a chunk come all at once, so its last one tells how fast they came. */
  private void done(int count) {
    if (count % chunk == 0 || count == images.size()) {
      progress.show(what, count, images.size());
    }
    if (folder != null && count % chunk == 0 && folder.due()) {
      keep(count);
    }
  }

  private void keep(int count) {
    folder.keep(
        count,
        new EvaluationFile.Content(
            classes,
            predictions.subList(keptPredictions, predictions.size()),
            skipped.subList(keptSkipped, skipped.size())));
    keptPredictions = predictions.size();
    keptSkipped = skipped.size();
  }

  /** Keeps the rest: images come in whole chunks, also before an interrupt. */
  CancellationException stopped() {
    int done = predictions.size() + skipped.size();
    if (folder != null && done > keptPredictions + keptSkipped) {
      keep(done);
    }
    return TestFolder.stopped(folder, done, images.size());
  }

  List<Prediction> predictions() {
    return predictions;
  }

  List<Skipped> skipped() {
    return skipped;
  }

  double seconds() {
    return secondsBefore + secondsOfThisCall();
  }

  double secondsOfThisCall() {
    return (System.nanoTime() - began) / 1e9;
  }
}
