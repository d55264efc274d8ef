package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import verydeep.inspection.Attribution;
import verydeep.inspection.AttributionMap;
import verydeep.inspection.Faithfulness;
import verydeep.inspection.OptimizedImage;
import verydeep.inspection.PerceptualDistance;
import verydeep.inspection.StrongestPatches;
import verydeep.internal.report.Columns;

/** Tables of what a network saw. */
final class InspectionTables {

  private static final String SIGNIFICANT = "0.####E0";

  private InspectionTables() {}

  private record Ranked(StrongestPatches.Channel channel, int rank) {
    StrongestPatches.Patch patch() {
      return channel.patches().get(rank - 1);
    }
  }

  static Table of(StrongestPatches patches) {
    List<Ranked> rows = new ArrayList<>();
    for (String layer : patches.layers()) {
      for (StrongestPatches.Channel channel : patches.channels(layer)) {
        IntStream.rangeClosed(1, channel.patches().size())
            .forEach(rank -> rows.add(new Ranked(channel, rank)));
      }
    }
    return Table.create(
        "Strongest patches, " + patches.network() + ", Q=" + patches.scale(),
        Columns.text("layer", rows, row -> row.channel().layer()),
        Columns.count("channel", rows, row -> row.channel().channel()),
        Columns.count("rank", rows, Ranked::rank),
        Columns.decimal("activation", 3, rows, row -> row.patch().activation()),
        Columns.text("image", rows, row -> row.patch().file().toString()),
        Columns.count("left", rows, row -> (long) row.patch().box().left()),
        Columns.count("top", rows, row -> (long) row.patch().box().top()),
        Columns.count("side", rows, row -> (long) row.patch().box().width()),
        Columns.text("only at the border", rows, row -> row.channel().onlyAtBorder() ? "yes" : ""));
  }

  static Table of(Attribution attribution) {
    List<AttributionMap> rows = attribution.maps();
    return Table.create(
        attribution.method() + ": " + attribution.unit(),
        Columns.text("class", rows, AttributionMap::className),
        Columns.decimal("score", 4, rows, AttributionMap::score),
        Columns.decimal("bias", 4, rows, AttributionMap::bias),
        Columns.number("sum", SIGNIFICANT, rows, AttributionMap::sum),
        Columns.number("lowest", SIGNIFICANT, rows, AttributionMap::lowest),
        Columns.number("highest", SIGNIFICANT, rows, AttributionMap::highest));
  }

  static Table of(Faithfulness faithfulness) {
    double[] fractions = faithfulness.fractions();
    double[] deletion = faithfulness.deletion();
    double[] insertion = faithfulness.insertion();
    List<Integer> rows = IntStream.range(0, fractions.length).boxed().toList();
    return Table.create(
        "Deletion and insertion of \"%s\", %s"
            .formatted(faithfulness.className(), faithfulness.method()),
        Columns.decimal("pixels changed %", 1, rows, i -> 100 * fractions[i]),
        Columns.decimal("score after deletion", 4, rows, i -> deletion[i]),
        Columns.decimal("score after insertion", 4, rows, i -> insertion[i]));
  }

  static Table of(PerceptualDistance.Difference difference) {
    List<Map.Entry<String, Double>> rows = new ArrayList<>(difference.byLayer().entrySet());
    rows.add(Map.entry("all", difference.value()));
    return Table.create(
        "Perceptual difference: " + difference.basis(),
        Columns.text("layer", rows, Map.Entry::getKey),
        Columns.decimal("difference", 6, rows, Map.Entry::getValue));
  }

  static Table of(OptimizedImage image) {
    double[] losses = image.losses();
    List<Integer> rows = IntStream.range(0, losses.length).boxed().toList();
    return Table.create(
        "Loss of an image being made: " + String.join("; ", image.objectives()),
        Columns.count("step", rows, i -> i + 1),
        Columns.number("loss", SIGNIFICANT, rows, i -> losses[i]));
  }
}
