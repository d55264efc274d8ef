package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.evaluation.Evaluation;
import verydeep.internal.files.TensorFile;

class PaperTablesTest {

  private static final List<Integer> WIDE = List.of(256, 384, 512);

  private static Evaluation test(String name, View view, List<Integer> scales) {
    Evaluation sample = Samples.test(name, "", Samples.classes(6), 12);
    return new Evaluation(
        name, new TestViews(view, scales, true), sample.classes(), sample.predictions(), 1);
  }

  @Test
  void eachTableHasItsRows() {
    assertThat(PaperResults.table3()).hasSize(12).allMatch(row -> row.table() == 3);
    assertThat(PaperResults.table4()).hasSize(10).allMatch(row -> row.table() == 4);
    assertThat(PaperResults.table5()).hasSize(6).allMatch(row -> row.table() == 5);
    assertThat(PaperResults.table6()).hasSize(4).allMatch(row -> row.table() == 6);
    assertThat(PaperResults.table7()).hasSize(15).allMatch(row -> row.table() == 7);
    assertThat(PaperResults.table8()).hasSize(3).allMatch(row -> row.table() == 8);
    assertThat(PaperResults.table9()).hasSize(4).allMatch(row -> row.table() == 9);
    assertThat(PaperResults.table10()).hasSize(4).allMatch(row -> row.table() == 10);
    assertThat(PaperResults.table11()).hasSize(23).allMatch(row -> row.table() == 11);
    assertThat(PaperResults.table12()).hasSize(5).allMatch(row -> row.table() == 12);
  }

  @Test
  void rowsSayTheirProtocolInWords() {
    assertThat(PaperResults.table3().get(6))
        .hasToString("Table 3: VGG D, S=256, dense, Q=256, flipped: 27.0% / 8.8%");
    assertThat(PaperResults.table5().get(5).protocol())
        .isEqualTo("dense & multi-crop 5x5, Q=256,384,512, flipped; S=[256;512]");
    assertThat(PaperResults.table6().get(1))
        .hasToString(
            "Table 6: VGG D & VGG E, S=[256;512], dense, Q=256,384,512, flipped: 24.0% / 7.1%,"
                + " test 7.0%");
    assertThat(PaperResults.table6().get(0).protocol())
        .isEqualTo(
            "dense, Q=224,256,288, flipped & dense, Q=352,384,416, flipped & dense, Q=256,384,512,"
                + " flipped; S=256 & S=384 & S=[256;512]");
    assertThat(PaperResults.table9().get(3))
        .hasToString(
            "Table 9: VGG (2 nets), S=256 & S=384, dense, Q=256 & dense, Q=352,384: - / 26.9%, test"
                + " 25.3%");
    assertThat(PaperResults.table7().get(5))
        .hasToString("Table 7: MSRA (11 nets): - / -, test 8.1%");
  }

  @Test
  void oursFollowTheRowThatTheyRepeat() {
    Evaluation dense = test("VGG D", View.dense(), WIDE);
    Evaluation crops = test("VGG D", View.multiCrop(), WIDE);
    Evaluation other = test("VGG D", View.centerCrop(), List.of(256));
    Table table =
        Tables.beside(PaperResults.table5(), other, Evaluation.mean(dense, crops), crops, dense);
    List<String> whose = table.stringColumn("whose").asList();
    assertThat(whose)
        .containsExactly(
            "Table 5", "ours", "Table 5", "ours", "Table 5", "ours", "Table 5", "Table 5",
            "Table 5", "ours");
    assertThat(table.stringColumn("protocol").get(5)).startsWith("dense").contains("multi-crop");
    assertThat(table.stringColumn("protocol").get(9)).startsWith("center crop");
    assertThat(table.doubleColumn("top-1 error %").get(0)).isEqualTo(24.8);
    assertThat(table.doubleColumn("top-1 from").isMissing(0)).isTrue();
    assertThat(Tables.text(table)).contains("S=[256;512]");
    assertThat(Tables.html(table)).contains("<table");
  }

  /** Three rows of Table 3 are of D; two of them were tested at Q=384, and differ in S alone. */
  @Test
  void oursFollowTheRowOfTheTrainingScale(@TempDir Path folder) {
    Evaluation unknown = test("VGG D", View.dense(), List.of(384));

    assertThat(before(PaperResults.table3(), unknown, "VGG D")).containsExactly("S=[256;512]");
    assertThat(before(PaperResults.table3(), trained(unknown, 384, 384, folder), "VGG D"))
        .containsExactly("S=384");
    assertThat(before(PaperResults.table3(), trained(unknown, 256, 512, folder), "VGG D"))
        .containsExactly("S=[256;512]");
    Table other = Tables.beside(PaperResults.table3(), trained(unknown, 300, 300, folder));
    assertThat(other.stringColumn("whose").get(12)).isEqualTo("ours");
    assertThat(other.stringColumn("protocol").get(12)).isEqualTo("dense, Q=384, flipped; S=300");
  }

  @Test
  void aTestThatTwoTablesHaveIsInBoth() {
    Evaluation dense = test("VGG D", View.dense(), WIDE);
    List<PaperResults.Row> both =
        Stream.of(PaperResults.table4(), PaperResults.table5()).flatMap(List::stream).toList();
    assertThat(before(both, dense, "VGG D")).containsExactly("S=[256;512]", "S=[256;512]");
  }

  /** The training scales of the paper's rows that ours follow. */
  private static List<String> before(
      List<PaperResults.Row> paper, Evaluation ours, String network) {
    Table table = Tables.beside(paper, ours);
    return IntStream.range(1, table.rowCount())
        .filter(i -> table.stringColumn("whose").get(i).equals("ours"))
        .filter(i -> table.stringColumn("network").get(i - 1).equals(network))
        .mapToObj(i -> table.stringColumn("protocol").get(i - 1).split("; ", -1)[1])
        .toList();
  }

  /** As a test of such a network is read. */
  private static Evaluation trained(Evaluation test, int smallest, int largest, Path folder) {
    Path file = test.write(folder.resolve(smallest + "-" + largest));
    TensorFile read = TensorFile.read(file);
    Map<String, String> metadata = new LinkedHashMap<>(read.metadata());
    metadata.put("trained", smallest + " " + largest);
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    read.tensors().forEach((name, tensor) -> shapes.put(name, tensor.sizes()));
    Path again = folder.resolve(smallest + "-" + largest + "-trained");
    TensorFile.write(again, metadata, shapes, read.tensors()::get);
    return Evaluation.read(again);
  }

  @Test
  void rowsBesideThePapersTakeFewLinesOfText() {
    Evaluation dense = test("VGG D", View.dense(), WIDE);
    Evaluation crops = test("VGG D", View.multiCrop(), WIDE);
    Table table = Tables.beside(PaperResults.table5(), dense, crops, Evaluation.mean(dense, crops));

    List<String> lines = Tables.text(table).lines().toList();

    assertThat(lines).allMatch(line -> line.length() <= 100);
    assertThat(lines.stream().filter(line -> line.startsWith("Table 5  VGG ")).count())
        .as("the table's number and the network in one line")
        .isEqualTo(6);
    assertThat(lines).as("at most two lines a row, and the head").hasSizeLessThan(2 * 9 + 8);
  }

  @Test
  void onlyLongTextsWrapOnAPage() {
    String html = Tables.html(Tables.beside(PaperResults.table5(), new Evaluation[0]));

    assertThat(html).contains("white-space:nowrap\">Table 5<", "min-width:16em\">dense, Q=");
  }

  @Test
  void anEnsembleFollowsItsRowOfTable6() {
    Evaluation both =
        Evaluation.mean(test("VGG D", View.dense(), WIDE), test("VGG E", View.dense(), WIDE));
    Table table = Tables.beside(PaperResults.table6(), both);
    assertThat(table.stringColumn("whose").get(2)).isEqualTo("ours");
  }

  @Test
  void comparisonsAreATable() {
    Evaluation one = test("VGG D", View.dense(), WIDE);
    Table table = Tables.of(one.compareWith(one.named("again")));
    assertThat(table.rowCount()).isEqualTo(1);
    assertThat(table.stringColumn("test").get(0)).startsWith("again, dense");
    assertThat(table.doubleColumn("p").get(0)).isEqualTo(1);
  }
}
