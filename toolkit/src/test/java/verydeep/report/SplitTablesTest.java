package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.transfer.SplitResults;

class SplitTablesTest {

  /** Two images of a class "a", one of "b": so many of "a" were taken for "b". */
  private static Evaluation split(String name, int wrong) {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      boolean b = i == 2 || i < wrong;
      float[] scores = {b ? 0 : 1, b ? 1 : 0};
      predictions.add(new Prediction(Path.of(i + ".png"), i == 2 ? 1 : 0, scores));
    }
    return new Evaluation(name, "dense", List.of("a", "b"), predictions, 0);
  }

  private static SplitResults tests(Evaluation... splits) {
    return new SplitResults("fc7 of D", "dense, Q=256 & 384", 30, List.of(splits));
  }

  @Test
  void aRowASplit() {
    Table table = Tables.of(tests(split("split 1", 1), split("split 2", 0)));
    assertThat(table.name()).contains("30 training images per class");
    assertThat(table.stringColumn("split").asList()).containsExactly("split 1", "split 2");
    assertThat(table.longColumn("test images").asList()).containsExactly(3L, 3L);
    assertThat(table.doubleColumn("mean class recall %").asList()).containsExactly(75.0, 100.0);
    assertThat(table.print()).contains("33.3");
  }

  @Test
  void oursStandBelowThePapersOwn() {
    List<PaperResults.FeatureResult> paper =
        PaperResults.table11().stream().filter(r -> r.data().equals("Caltech-101")).toList();
    SplitResults two = tests(split("split 1", 1), split("split 2", 0));
    SplitResults one = tests(split("split 1", 2));
    Table table = Tables.beside(paper, two, one);
    int ours = paper.size();
    assertThat(table.rowCount()).isEqualTo(ours + 2);
    int row = table.stringColumn("method").asList().indexOf("VGG D & VGG E");
    assertThat(table.doubleColumn("mean class recall %").get(row)).isEqualTo(92.7);
    assertThat(table.doubleColumn("±").get(row)).isEqualTo(0.5);
    assertThat(table.stringColumn("method").get(ours)).isEqualTo("fc7 of D");
    assertThat(table.doubleColumn("mean class recall %").get(ours)).isEqualTo(87.5);
    assertThat(table.doubleColumn("±").getString(ours)).isEqualTo("17.7");
    assertThat(table.doubleColumn("mean class recall %").get(ours + 1)).isEqualTo(50);
    assertThat(table.doubleColumn("±").isMissing(ours + 1)).isTrue();
  }
}
