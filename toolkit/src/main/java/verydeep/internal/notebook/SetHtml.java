package verydeep.internal.notebook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.data.MultiLabelImages;
import verydeep.data.Split;
import verydeep.internal.report.Columns;
import verydeep.report.Tables;
import verydeep.transfer.Features;

/** Sets of images by their classes. */
final class SetHtml {

  private SetHtml() {}

  static String of(Images images) {
    return counts(images.toString(), images.classes(), "images", images.counts());
  }

  static String of(BoxedImages images) {
    return counts(images.toString(), images.classes(), "objects", images.counts());
  }

  static String of(MultiLabelImages images) {
    int[] shown = IntStream.range(0, images.classes().size()).map(images::shown).toArray();
    return counts(images.toString(), images.classes(), "shown by", shown);
  }

  /** Both sides; one table where they are images of the same classes. */
  static String of(Split<?> split) {
    if (split.training() instanceof Images known && split.validation() instanceof Images fresh) {
      return sides(known.classes(), "images", known.counts(), fresh.counts());
    }
    if (split.training() instanceof BoxedImages known
        && split.validation() instanceof BoxedImages fresh) {
      return sides(known.classes(), "objects", known.counts(), fresh.counts());
    }
    return TrainingHtml.words(split.training() + "\n" + split.validation());
  }

  /** Of what the vectors are and how many; not their numbers. */
  static String of(Features features) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("layer and network", features.network());
    facts.put("protocol", features.protocol());
    facts.put("vectors", "%,d of %,d numbers".formatted(features.size(), features.dimension()));
    facts.put("computed by", features.arithmetic());
    int[] counts = new int[features.classes().size()];
    IntStream.range(0, features.size()).forEach(i -> counts[features.label(i)]++);
    return ResultHtml.facts("Features", facts)
        + counts("Images by class", features.classes(), "images", counts);
  }

  private static String counts(String title, List<String> classes, String what, int[] counts) {
    List<Integer> rows = rows(classes);
    return Tables.html(
        Table.create(
            title,
            Columns.text("class", rows, classes::get),
            Columns.count(what, rows, k -> counts[k])));
  }

  private static String sides(List<String> classes, String what, int[] known, int[] fresh) {
    List<Integer> rows = rows(classes);
    return Tables.html(
        Table.create(
            "Split: " + what + " by class",
            Columns.text("class", rows, classes::get),
            Columns.count("training", rows, k -> known[k]),
            Columns.count("validation", rows, k -> fresh[k])));
  }

  private static List<Integer> rows(List<String> classes) {
    return IntStream.range(0, classes.size()).boxed().toList();
  }
}
