package verydeep.evaluation;

import java.util.ArrayList;
import java.util.List;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.data.UnreadablePictureException;

/** Takes the responses of a test, picture by picture, and keeps them in its folder as it goes. */
final class TestRun implements ResponseReader.Sink {

  /** Between two parts at least; a part costs milliseconds. */
  private static final long PAUSE_NANOS = 20_000_000_000L;

  private final Images images;
  private final List<String> classes;
  private final int[] labels;
  private final boolean skipping;
  private final TestFolder folder;
  private final int chunk;
  private final ProgressLine progress;
  private final String what;
  private final long pause;
  private final double secondsBefore;
  private final List<Prediction> predictions;
  private final List<Skipped> skipped;
  private final long began = System.nanoTime();
  private int keptPredictions;
  private int keptSkipped;
  private long kept = began;
  private double keptSeconds;

  /**
   * A run.
   *
   * @param labels for each class of the pictures its index among the network's
   * @param found where it goes on
   * @param folder null if nothing is kept
   * @param chunk parts end at multiples of it
   */
  TestRun(
      Images images,
      List<String> classes,
      int[] labels,
      boolean skipping,
      TestFolder.Found found,
      TestFolder folder,
      int chunk,
      ProgressLine progress,
      String what,
      long pause) {
    this.images = images;
    this.classes = classes;
    this.labels = labels;
    this.skipping = skipping;
    this.folder = folder;
    this.chunk = chunk;
    this.progress = progress;
    this.what = what;
    this.pause = pause;
    secondsBefore = found.seconds();
    predictions = new ArrayList<>(found.predictions());
    skipped = new ArrayList<>(found.skipped());
    keptPredictions = predictions.size();
    keptSkipped = skipped.size();
    progress.begin(found.done());
  }

  static long pause() {
    return PAUSE_NANOS;
  }

  @Override
  public void accept(int index, List<Response> responses) {
    float[] posterior = Posteriors.mean(responses);
    predictions.add(new Prediction(images.file(index), labels[images.label(index)], posterior));
    done(index + 1);
  }

  @Override
  public void unreadable(int index, UnreadablePictureException reason) {
    if (!skipping) {
      throw reason;
    }
    skipped.add(new Skipped(images.file(index), reason.reason()));
    done(index + 1);
  }

  private void done(int count) {
    progress.show(what, count, images.size());
    if (folder != null && count % chunk == 0 && System.nanoTime() - kept >= pause) {
      double seconds = secondsOfThisCall();
      folder.keep(
          count,
          classes,
          predictions.subList(keptPredictions, predictions.size()),
          skipped.subList(keptSkipped, skipped.size()),
          seconds - keptSeconds);
      keptPredictions = predictions.size();
      keptSkipped = skipped.size();
      keptSeconds = seconds;
      kept = System.nanoTime();
    }
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
