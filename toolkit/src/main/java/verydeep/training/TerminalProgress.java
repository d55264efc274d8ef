package verydeep.training;

import verydeep.internal.inference.ProgressLine;

/** The progress that {@link Progress#terminal()} returns. */
final class TerminalProgress implements Progress {

  private final ProgressLine line = ProgressLine.printing();

  @Override
  public void step(Progress.Step step) {
    line.show(step::toString);
  }

  @Override
  public void epoch(Epoch epoch) {
    line.clear();
    System.out.println(epoch);
  }

  @Override
  public void notice(String text) {
    line.clear();
    System.out.println(text);
  }

  @Override
  public void failed(RuntimeException reason) {
    line.clear();
  }

  @Override
  public void ended(Training training) {
    line.clear();
  }
}
