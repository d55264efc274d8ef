package verydeep.internal.notebook;

import verydeep.data.RgbImage;
import verydeep.inspection.ImageProgress;
import verydeep.inspection.OptimizedImage;
import verydeep.report.Pictures;

/** Draws an image as it is being made: every two seconds, and at the end. */
public final class LiveImage implements ImageProgress {

  private static final long PAUSE_NANOS = 2_000_000_000;

  private final LiveOutput output;
  private long last;

  public LiveImage(LiveOutput output) {
    this.output = output;
  }

  @Override
  public void step(ImageProgress.Step step) {
    long now = System.nanoTime();
    if (step.step() > 1 && now - last < PAUSE_NANOS) {
      return;
    }
    last = now;
    show(step.toString(), step.image());
  }

  @Override
  public void ended(OptimizedImage image) {
    show(image.toString(), image.image());
  }

  private void show(String words, RgbImage image) {
    output.show(TrainingHtml.words(words) + TrainingHtml.image(Pictures.of(image)));
  }
}
