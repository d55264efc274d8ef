package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import verydeep.transfer.MultiLabelEvaluation;
import verydeep.transfer.MultiLabelEvaluation.ClassPrecision;
import verydeep.transfer.MultiLabelEvaluation.Interval;

/** Average precisions beside Tables 11 and 12. */
class PrecisionTablesTest {

  private static final MultiLabelEvaluation TEST =
      new MultiLabelEvaluation(
          "fc7 of VGG D",
          "dense, Q=256, flipped",
          20,
          List.of(
              new ClassPrecision("cat", 4, 0, 0.5, 0.625),
              new ClassPrecision("dog", 0, 2, Double.NaN, Double.NaN)),
          new Interval(0.25, 0.75),
          new Interval(0.5, 0.875),
          4);

  @Test
  void aRowAClassWithoutNumbersWhereNoImageShowsIt() {
    Table table = Tables.of(TEST);

    assertThat(table.name()).isEqualTo("fc7 of VGG D, dense, Q=256, flipped");
    assertThat(table.stringColumn("class")).containsExactly("cat", "dog");
    assertThat(table.longColumn("shown by")).containsExactly(4L, 0L);
    assertThat(table.longColumn("difficult, left out")).containsExactly(0L, 2L);
    assertThat(table.doubleColumn("AP %, 11 points")).containsExactly(50.0, Double.NaN);
    assertThat(table.doubleColumn("AP %, area")).containsExactly(62.5, Double.NaN);
  }

  @Test
  void thePapersNumbersStandUnderTheRuleOfTheirYear() {
    List<PaperResults.FeatureResult> paper =
        PaperResults.table11().stream()
            .filter(row -> row.method().equals("VGG D") && row.data().startsWith("VOC"))
            .toList();

    Table table = Tables.beside(paper, TEST);

    assertThat(table.stringColumn("data")).containsExactly("VOC-2007", "VOC-2012", "");
    assertThat(table.doubleColumn("mAP %, 11 points")).containsExactly(89.3, Double.NaN, 50.0);
    assertThat(table.doubleColumn("mAP %, area")).containsExactly(Double.NaN, 89.0, 62.5);
    assertThat(table.doubleColumn("95% from")).containsExactly(Double.NaN, Double.NaN, 25.0);
    assertThat(table.doubleColumn("95% to")).containsExactly(Double.NaN, Double.NaN, 75.0);
    assertThat(table.doubleColumn("area, 95% from").getDouble(2)).isEqualTo(50.0);
    assertThat(table.doubleColumn("area, 95% to").getDouble(2)).isEqualTo(87.5);
    assertThat(table.doubleColumn("by chance").getDouble(2)).isEqualTo(20.0);
    assertThat(table.stringColumn("protocol").get(2)).isEqualTo("dense, Q=256, flipped");
  }
}
