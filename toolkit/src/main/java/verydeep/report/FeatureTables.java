package verydeep.report;

import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.Table;
import verydeep.internal.report.Columns;
import verydeep.transfer.Features;

/** Features as a table. */
final class FeatureTables {

  private FeatureTables() {}

  static Table features(Features features) {
    List<Integer> rows = IntStream.range(0, features.size()).boxed().toList();
    Table table =
        Table.create(
            features.network() + ", " + features.protocol(),
            Columns.text("file", rows, i -> features.file(i).toString()),
            Columns.text("class", rows, i -> features.classes().get(features.label(i))));
    List<float[]> vectors = rows.stream().map(features::vector).toList();
    for (int j = 0; j < features.dimension(); j++) {
      float[] values = new float[vectors.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = vectors.get(i)[j];
      }
      table.addColumns(FloatColumn.create("f" + (j + 1), values));
    }
    return table;
  }
}
