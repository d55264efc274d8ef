package verydeep.benchmarks;

import java.nio.file.Path;
import java.util.Locale;
import verydeep.classification.Classifier;
import verydeep.cpu.Arithmetic;
import verydeep.weights.Checkpoint;

/** Our own classifier, called as a program calls it. */
final class AnsweringHere implements Answering {

  private final Classifier classifier;

  AnsweringHere(String contestant, Path weights) {
    String arithmetic = contestant.replace("verydeep, ", "").toUpperCase(Locale.ROOT);
    classifier =
        Checkpoint.read(weights)
            .classifier()
            .centerCrop()
            .scales(256)
            .flipped(false)
            .arithmetic(Arithmetic.valueOf(arithmetic))
            .open();
  }

  @Override
  public int answer(Path image) {
    return classifier.classify(image).best().label();
  }

  @Override
  public String versions() {
    return classifier.arithmetic() + ", Java " + Runtime.version().feature();
  }

  @Override
  public void close() {
    classifier.close();
  }
}
