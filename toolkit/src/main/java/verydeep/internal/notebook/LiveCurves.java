package verydeep.internal.notebook;

import java.util.ArrayList;
import java.util.List;
import verydeep.training.Epoch;
import verydeep.training.Progress;
import verydeep.training.Training;

/** Draws a training as it goes: the curves after each epoch, a line of words once a second. */
public final class LiveCurves implements Progress {

  private static final long PAUSE_NANOS = 1_000_000_000;

  private final LiveOutput output;
  private final List<Epoch> epochs = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private String curves = "";
  private long last;

  public LiveCurves(LiveOutput output) {
    this.output = output;
  }

  @Override
  public void step(Progress.Step step) {
    long now = System.nanoTime();
    if (now - last < PAUSE_NANOS) {
      return;
    }
    last = now;
    output.show(words(step.toString()) + curves);
  }

  @Override
  public void epoch(Epoch epoch) {
    epochs.add(epoch);
    curves = TrainingHtml.curves(epochs);
    output.show(words(epoch.toString()) + curves);
  }

  @Override
  public void notice(String text) {
    notices.add(text);
    output.show(words("") + curves);
  }

  /** What there is to say, the newest last. */
  private String words(String now) {
    return TrainingHtml.words(String.join("\n", notices) + (notices.isEmpty() ? "" : "\n") + now);
  }

  @Override
  public void ended(Training training) {
    String said = notices.isEmpty() ? "" : words("");
    output.show(said + TrainingHtml.of(training));
  }
}
