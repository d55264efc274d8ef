package verydeep.report;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import verydeep.evaluation.Comparison;
import verydeep.evaluation.ConfusionMatrix;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.Evaluation;
import verydeep.internal.report.Columns;
import verydeep.training.Epoch;
import verydeep.training.Training;

/** Tables of trainings and tests. */
final class ResultTables {

  private ResultTables() {}

  static Table training(Training training) {
    String best = training.epochs().isEmpty() ? "" : ", best epoch " + training.bestEpoch();
    return epochs(
        "Training of VGG " + training.network().label() + best + " (section 3.1)",
        training.epochs());
  }

  static Table epochs(String name, List<Epoch> epochs) {
    return Table.create(
        name,
        Columns.count("epoch", epochs, Epoch::number),
        Columns.number("rate", "0.##########", epochs, Epoch::rate),
        Columns.decimal("loss", 3, epochs, Epoch::loss),
        Columns.decimal(
            "training top-1 error %", 1, epochs, e -> 100 * e.training().top1().value()),
        Columns.decimal(
            "validation top-1 error %", 1, epochs, e -> 100 * e.validation().top1().value()),
        Columns.decimal("95% from", 1, epochs, e -> 100 * e.validation().top1().low()),
        Columns.decimal("95% to", 1, epochs, e -> 100 * e.validation().top1().high()),
        Columns.decimal(
            "validation top-5 error %",
            1, epochs, e -> percent(e.validation().top5(), ErrorRate::value)),
        Columns.count("images/s", epochs, e -> Math.round(e.imagesPerSecond())),
        Columns.decimal("seconds", 1, epochs, Epoch::seconds));
  }

  static Table evaluations(List<Evaluation> tests) {
    return Table.create(
        "Classification errors with 95% confidence intervals (section 4)",
        Columns.text("network or method", tests, Evaluation::name),
        Columns.text("protocol", tests, Evaluation::protocol),
        Columns.count("images", tests, t -> t.predictions().size()),
        Columns.decimal("top-1 error %", 1, tests, t -> 100 * t.errors().top1().value()),
        Columns.decimal("top-1 from", 1, tests, t -> 100 * t.errors().top1().low()),
        Columns.decimal("top-1 to", 1, tests, t -> 100 * t.errors().top1().high()),
        Columns.decimal(
            "top-5 error %", 1, tests, t -> percent(t.errors().top5(), ErrorRate::value)),
        Columns.decimal("top-5 from", 1, tests, t -> percent(t.errors().top5(), ErrorRate::low)),
        Columns.decimal("top-5 to", 1, tests, t -> percent(t.errors().top5(), ErrorRate::high)));
  }

  static Table beside(List<PaperResults.Row> paper, List<Evaluation> ours) {
    return BesideTable.matched(
            "The paper's errors on ILSVRC-2012 and ours; S is the scale in training, Q in testing",
            paper,
            PaperResults.Row::table,
            ours,
            (index, test) -> repeats(test, paper, index))
        .text("network", PaperResults.Row::network, Evaluation::name)
        .text("protocol", PaperResults.Row::protocol, ResultTables::protocol)
        .count("images", test -> test.predictions().size())
        .percent("top-1 error %", PaperResults.Row::top1, t -> 100 * t.errors().top1().value())
        .percent("top-1 from", t -> 100 * t.errors().top1().low())
        .percent("top-1 to", t -> 100 * t.errors().top1().high())
        .percent(
            "top-5 error %",
            PaperResults.Row::top5, t -> percent(t.errors().top5(), ErrorRate::value))
        .percent("top-5 from", t -> percent(t.errors().top5(), ErrorRate::low))
        .percent("top-5 to", t -> percent(t.errors().top5(), ErrorRate::high))
        .table();
  }

  private static String protocol(Evaluation test) {
    return test.protocol() + test.trainingScale().map(scale -> "; " + scale).orElse("");
  }

  /** A test that does not know S repeats the last of the rows that differ in S alone. */
  private static boolean repeats(Evaluation test, List<PaperResults.Row> paper, int index) {
    PaperResults.Row row = paper.get(index);
    if (!isOf(row, test)) {
      return false;
    }
    return test.trainingScale()
        .map(scale -> row.trained().equals(List.of(scale)))
        .orElse(
            paper.stream()
                .skip(index + 1L)
                .noneMatch(other -> other.table() == row.table() && isOf(other, test)));
  }

  private static boolean isOf(PaperResults.Row row, Evaluation test) {
    return test.name().equals(row.network())
        && !row.views().isEmpty()
        && Set.copyOf(row.views()).equals(Set.copyOf(test.allViews()));
  }

  static Table classRecalls(List<Evaluation> tests) {
    return Table.create(
        "Errors, and recall as the mean over classes (appendix B)",
        Columns.text("network or method", tests, Evaluation::name),
        Columns.text("protocol", tests, Evaluation::protocol),
        Columns.count("images", tests, t -> t.predictions().size()),
        Columns.decimal("top-1 error %", 1, tests, t -> 100 * t.errors().top1().value()),
        Columns.decimal("95% from", 1, tests, t -> 100 * t.errors().top1().low()),
        Columns.decimal("95% to", 1, tests, t -> 100 * t.errors().top1().high()),
        Columns.decimal(
            "mean class recall %", 1, tests, t -> 100 * t.confusion().meanClassRecall()));
  }

  static Table comparisons(List<Comparison> comparisons) {
    return Table.create(
        "Tests of the same images, compared image by image (McNemar)",
        Columns.text("test", comparisons, Comparison::second),
        Columns.text("against", comparisons, Comparison::first),
        Columns.count("images", comparisons, Comparison::images),
        Columns.count("only it right", comparisons, Comparison::onlyFirstWrong),
        Columns.count("only other right", comparisons, Comparison::onlySecondWrong),
        Columns.decimal("gain, points", 1, comparisons, c -> 100 * c.gain()),
        Columns.decimal("95% from", 1, comparisons, c -> 100 * c.low()),
        Columns.decimal("95% to", 1, comparisons, c -> 100 * c.high()),
        Columns.probability("p", comparisons, Comparison::pValue));
  }

  static Table confusion(ConfusionMatrix matrix) {
    List<String> classes = matrix.classes();
    List<Integer> rows = IntStream.range(0, classes.size()).boxed().toList();
    Table table =
        Table.create(
            "Images of each true class, by predicted class",
            Columns.text("true class", rows, classes::get));
    Set<String> used = new HashSet<>(Set.of("true class"));
    for (int predicted : rows) {
      table.addColumns(
          Columns.count(
              Columns.unused(classes.get(predicted), used),
              rows,
              actual -> matrix.count(actual, predicted)));
    }
    return table;
  }

  static Table classes(Evaluation test) {
    ConfusionMatrix matrix = test.confusion();
    List<Integer> rows = IntStream.range(0, test.classes().size()).boxed().toList();
    return Table.create(
        "Classes of " + test.name() + ", " + test.protocol(),
        Columns.text("class", rows, test.classes()::get),
        Columns.count("images", rows, matrix::images),
        Columns.decimal("recall %", 1, rows, recall(matrix, ErrorRate::value)),
        Columns.decimal("95% from", 1, rows, recall(matrix, ErrorRate::low)),
        Columns.decimal("95% to", 1, rows, recall(matrix, ErrorRate::high)),
        Columns.text("most often mistaken for", rows, actual -> mistake(matrix, actual)));
  }

  /** The interval of a share is the same for right images and for wrong ones. */
  private static ToDoubleFunction<Integer> recall(
      ConfusionMatrix matrix, ToDoubleFunction<ErrorRate> value) {
    return actual ->
        matrix.images(actual) == 0
            ? Double.NaN
            : 100
                * value.applyAsDouble(
                    new ErrorRate(matrix.count(actual, actual), matrix.images(actual)));
  }

  /** The wrong class with the most images; the first of equal ones. */
  private static String mistake(ConfusionMatrix matrix, int actual) {
    int most = 0;
    String name = "";
    for (int predicted = 0; predicted < matrix.classes().size(); predicted++) {
      int count = matrix.count(actual, predicted);
      if (predicted != actual && count > most) {
        most = count;
        name = matrix.classes().get(predicted) + " (" + count + ")";
      }
    }
    return name;
  }

  /** A part of an error in percent; NaN, and thus an empty cell, where there is none. */
  static double percent(Optional<ErrorRate> error, ToDoubleFunction<ErrorRate> part) {
    return error.isPresent() ? 100 * part.applyAsDouble(error.get()) : Double.NaN;
  }
}
