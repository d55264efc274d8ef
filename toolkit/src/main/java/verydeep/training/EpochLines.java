package verydeep.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import verydeep.VerydeepException;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.internal.files.OlderWords;

/**
 * Epochs as comma-separated values, one line per epoch, and back without loss: a table for people,
 * and the form in which a training state stores its epochs.
 */
final class EpochLines {

  private static final String HEADER =
      "epoch,rate,loss,"
          + "training_wrong_top1,training_wrong_top5,training_images,training_top1_percent,"
          + "validation_wrong_top1,validation_wrong_top5,validation_images,"
          + "validation_top1_percent,validation_top5_percent,seconds,seconds_waited";

  private EpochLines() {}

  static String write(List<Epoch> epochs) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    epochs.forEach(epoch -> text.append(line(epoch)).append('\n'));
    return text.toString();
  }

  private static String line(Epoch epoch) {
    ErrorRates training = epoch.training();
    ErrorRates validation = epoch.validation();
    return String.format(
        Locale.ROOT,
        "%d,%s,%s,%d,%s,%d,%.2f,%d,%s,%d,%.2f,%s,%s,%s",
        epoch.number(),
        epoch.rate(),
        epoch.loss(),
        training.top1().wrong(),
        training.top5().map(e -> String.valueOf(e.wrong())).orElse(""),
        training.top1().images(),
        100 * training.top1().value(),
        validation.top1().wrong(),
        validation.top5().map(e -> String.valueOf(e.wrong())).orElse(""),
        validation.top1().images(),
        100 * validation.top1().value(),
        validation.top5().map(e -> String.format(Locale.ROOT, "%.2f", 100 * e.value())).orElse(""),
        epoch.seconds(),
        epoch.secondsWaited());
  }

  /**
   * Parses text from {@link #write}.
   *
   * @throws RuntimeException of any kind if the text is anything else
   */
  static List<Epoch> read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !OlderWords.renewed(lines.get(0)).equals(HEADER)) {
      throw new VerydeepException("The first line of the epochs must be \"" + HEADER + "\".");
    }
    List<Epoch> epochs = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] field = line.split(",", -1);
      epochs.add(
          new Epoch(
              Integer.parseInt(field[0]),
              Double.parseDouble(field[1]),
              Double.parseDouble(field[2]),
              errors(field[3], field[4], field[5]),
              errors(field[7], field[8], field[9]),
              Double.parseDouble(field[12]),
              Double.parseDouble(field[13])));
    }
    return epochs;
  }

  private static ErrorRates errors(String top1, String top5, String images) {
    int all = Integer.parseInt(images);
    ErrorRate first = new ErrorRate(Integer.parseInt(top1), all);
    return top5.isEmpty()
        ? ErrorRates.of(first)
        : ErrorRates.of(first, new ErrorRate(Integer.parseInt(top5), all));
  }
}
