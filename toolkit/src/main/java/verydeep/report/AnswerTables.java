package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import verydeep.classification.Classification;
import verydeep.classification.ClassifiedImages;
import verydeep.internal.report.Columns;
import verydeep.transfer.Features;
import verydeep.transfer.SvmLearning;

/** Tables of what classifiers said of images of which nothing was known. */
final class AnswerTables {

  private AnswerTables() {}

  static Table of(List<Classification> answers, int top) {
    List<ClassifiedImageRow> rows =
        answers.stream().map(a -> new ClassifiedImageRow(a.name(), a.top(top))).toList();
    return table("Classification by " + by(answers), rows, kind(answers));
  }

  private static String by(List<Classification> answers) {
    return String.join(" & ", answers.stream().map(Classification::by).distinct().toList());
  }

  private static Classification.Kind kind(List<Classification> answers) {
    return answers.isEmpty() ? Classification.Kind.POSTERIOR : answers.get(0).kind();
  }

  static Table of(ClassifiedImages answers) {
    List<ClassifiedImageRow> rows = answers.images().stream().map(AnswerTables::row).toList();
    return table("Classification by " + answers.by(), rows, answers.kind());
  }

  private static ClassifiedImageRow row(ClassifiedImages.Answer image) {
    return new ClassifiedImageRow(image.file().toString(), image.top());
  }

  /** Classifiers of other numbers of classes give rows of other lengths: their cells are empty. */
  private record ClassifiedImageRow(String name, List<Classification.Score> top) {

    String className(int place) {
      return place < top.size() ? top.get(place).className() : "";
    }

    double value(int place) {
      return place < top.size() ? top.get(place).value() : Double.NaN;
    }
  }

  private static Table table(
      String title, List<ClassifiedImageRow> rows, Classification.Kind kind) {
    List<Column<?>> columns = new ArrayList<>();
    columns.add(Columns.text("image", rows, ClassifiedImageRow::name));
    int classes = rows.stream().mapToInt(row -> row.top().size()).max().orElse(0);
    boolean share = kind == Classification.Kind.POSTERIOR;
    for (int k = 0; k < classes; k++) {
      int place = k;
      columns.add(Columns.text("class " + (k + 1), rows, row -> row.className(place)));
      columns.add(
          share
              ? Columns.decimal("posterior % " + (k + 1), 1, rows, row -> 100 * row.value(place))
              : Columns.decimal("decision value " + (k + 1), 2, rows, row -> row.value(place)));
    }
    return Table.create(title, columns.toArray(new Column<?>[0]));
  }

  static Table counts(ClassifiedImages answers) {
    List<Map.Entry<String, Integer>> rows = List.copyOf(answers.counts().entrySet());
    return Table.create(
        "Images by their best class, " + answers.by(),
        Columns.text("class", rows, Map.Entry::getKey),
        Columns.count("images", rows, Map.Entry::getValue));
  }

  static Table of(SvmLearning learned) {
    List<SvmLearning.Trial> trials = learned.trials();
    return Table.create(
        "Layers and scales tried by cross-validation on the training images alone",
        Columns.text("layer", trials, SvmLearning.Trial::layer),
        Columns.text(
            "Q", trials, t -> String.join(",", t.scales().stream().map(String::valueOf).toList())),
        Columns.count("numbers", trials, SvmLearning.Trial::numbers),
        Columns.number("C", "0.##", trials, SvmLearning.Trial::cost),
        Columns.count("images", trials, SvmLearning.Trial::images),
        Columns.decimal("error %", 1, trials, t -> 100 * t.error()),
        Columns.text("chosen", trials, t -> t.chosen() ? "yes" : ""));
  }

  static Table of(List<Features.Neighbor> neighbors) {
    List<Integer> rows = IntStream.range(0, neighbors.size()).boxed().toList();
    return Table.create(
        "Most similar images",
        Columns.text("image", rows, i -> neighbors.get(i).file().toString()),
        Columns.text("class", rows, i -> neighbors.get(i).className()),
        Columns.decimal("cosine", 3, rows, i -> neighbors.get(i).similarity()));
  }
}
