package verydeep.internal.notebook;

import java.util.function.Consumer;
import verydeep.internal.inference.InPlace;

/** A test's line of words below a cell; nothing is left of it in the end. */
final class LiveLine implements InPlace {

  private final Consumer<String> output;

  /** Shows HTML in one place. */
  LiveLine(Consumer<String> output) {
    this.output = output;
  }

  @Override
  public void show(String line) {
    output.accept(TrainingHtml.words(line));
  }

  @Override
  public void clear() {
    output.accept("");
  }
}
