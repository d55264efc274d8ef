package verydeep.training;

import java.util.Locale;
import verydeep.evaluation.ProgressLine;

/** {@link Progress#terminal()}. */
final class TerminalProgress implements Progress {

  private final ProgressLine line = ProgressLine.printing();

  @Override
  public void step(Step step) {
    line.show(
        () ->
            String.format(
                Locale.ROOT,
                "epoch %d/%d, step %d/%d: loss %.3f, error %.1f%%, rate %s, %.0f pictures/s, %s"
                    + " left",
                step.epoch(),
                step.epochs(),
                step.step(),
                step.steps(),
                step.loss(),
                100 * step.error().value(),
                step.rate(),
                step.picturesPerSecond(),
                ProgressLine.duration(step.secondsLeft())));
  }

  @Override
  public void epoch(Epoch epoch) {
    line.clear();
    System.out.println(epoch);
  }

  @Override
  public void ended(Training training) {
    line.clear();
  }
}
