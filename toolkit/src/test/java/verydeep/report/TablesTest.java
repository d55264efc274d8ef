package verydeep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;
import verydeep.evaluation.Evaluation;
import verydeep.network.Configuration;
import verydeep.network.Vgg;

class TablesTest {

  @Test
  void parametersStandBesideThePapers() {
    Table table = Tables.table2();

    assertThat(table.stringColumn("network").asList())
        .containsExactly("A", "A-LRN", "B", "C", "D", "E");
    assertThat(counts(table, "paper, millions")).containsExactly(133, 133, 133, 134, 138, 144);
    assertThat(counts(table, "parameters"))
        .containsExactly(
            132_863_336, 132_863_336, 133_047_848, 133_638_952, 138_357_544, 143_667_240);
    assertThat(counts(table, "weight layers")).containsExactly(11, 11, 13, 16, 16, 19);
    assertThat(counts(table, "of convolutions"))
        .containsExactly(9_220_480, 9_220_480, 9_404_992, 9_996_096, 14_714_688, 20_024_384);
    assertThat(counts(table, "field of pool5")).containsExactly(150, 150, 156, 156, 212, 268);
    assertThat(counts(table, "field of fc6")).containsExactly(342, 342, 348, 348, 404, 460);
  }

  @Test
  void configurationsAreTheWordsOfTable1() {
    Table table = Tables.table1();

    assertThat(table.columnNames()).containsExactly("part", "A", "A-LRN", "B", "C", "D", "E");
    assertThat(words(table, "A-LRN"))
        .startsWith("11", "conv3-64", "LRN", "maxpool", "conv3-128")
        .endsWith("FC-4096", "FC-4096", "FC-1000", "soft-max");
    assertThat(words(table, "C")).contains("conv1-256", "conv1-512");
    assertThat(words(table, "E").stream().filter(word -> word.startsWith("conv"))).hasSize(16);
  }

  @Test
  void aNetworkHasARowALayerAndASum() {
    Table table = Tables.of(Vgg.of(Configuration.D).build());

    assertThat(table.rowCount()).isEqualTo(13 + 5 + 3 + 1);
    int last = table.rowCount() - 1;
    assertThat(table.stringColumn("layer").get(last)).isEqualTo("total");
    assertThat(counts(table, "parameters").get(last)).isEqualTo(138_357_544);
    assertThat(table.column("MACs").getString(last)).isEqualTo("15,470,264,320");
    assertThat(table.column("receptive field, pixels").getString(last)).isEmpty();
  }

  @Test
  void aSummaryIsForItsOwnSize() {
    Vgg network = Vgg.of(Configuration.A).build();

    Table table = Tables.of(network.summary(256, 320));

    assertThat(table.name()).contains("256x320");
    assertThat(table.stringColumn("output").asList()).contains("1000x2x4");
  }

  @Test
  void testsHaveErrorsAndIntervals() {
    Table table = Tables.of(Samples.test(), Samples.test().named("another"));

    assertThat(table.stringColumn("network or method").asList())
        .containsExactly("VGG A", "another");
    assertThat(table.column("top-1 error %").getString(0)).isEqualTo("33.3");
    assertThat(table.column("top-1 from").getString(0)).isEqualTo("22.7");
    assertThat(table.column("top-1 to").getString(0)).isEqualTo("45.9");
    assertThat(table.column("top-5 error %").getString(0)).isEqualTo("20.0");
    assertThat(Tables.of(List.of()).rowCount()).isZero();
  }

  @Test
  void confusionKeepsNamesThatDifferInCase() {
    Evaluation test = Samples.test("net", "dense", List.of("Hat", "hat", "true class"), 9);

    Table table = Tables.of(test.confusion());

    assertThat(table.columnNames())
        .containsExactly("true class", "Hat", "hat (2)", "true class (2)");
    assertThat(table.rowCount()).isEqualTo(3);
  }

  @Test
  void classesNameTheMostCommonMistake() {
    Evaluation test = Samples.test("net", "dense", Samples.classes(3), 9);

    Table table = Tables.classes(test);

    assertThat(table.column("recall %").getString(0)).isEqualTo("100.0");
    assertThat(table.column("recall %").getString(2)).isEqualTo("0.0");
    assertThat(table.column("most often mistaken for").getString(2)).isEqualTo("class 0 (3)");
  }

  @Test
  void recallIsTheMeanOverClassesBesideTheError() {
    Evaluation test = Samples.test("net", "dense", Samples.classes(4), 10); // 3, 3, 2, 2 images

    Table table = Tables.classRecalls(test, test.named("another"));

    assertThat(table.column("top-1 error %").getString(0)).isEqualTo("30.0");
    assertThat(table.column("mean class recall %").getString(0)).isEqualTo("70.8"); // 2/3 2/3 1/2 1
    assertThat(table.stringColumn("network or method").get(1)).isEqualTo("another");
  }

  @Test
  void epochsHaveTheirRates() {
    Table table = Tables.epochs(Samples.epochs(4));

    assertThat(table.column("rate").getString(0)).isEqualTo("0.01");
    assertThat(table.column("rate").getString(3)).isEqualTo("0.001");
    assertThat(table.column("validation top-1 error %").getString(0)).isEqualTo("78.0");
    assertThat(Tables.text(Tables.epochs(List.of()))).contains("epoch");
  }

  @Test
  void textIsAlignedAndFitsIntoATerminal() {
    Evaluation longName =
        Samples.test().named("linear SVM on pool5 of D, average over all scales, C=0.1");
    for (Table table :
        List.of(
            Tables.table2(),
            Tables.table1(),
            Tables.of(Vgg.of(Configuration.E).batchNorm(true).build()),
            Tables.table3(),
            Tables.table4(),
            Tables.epochs(Samples.epochs(5)),
            Tables.of(longName, Samples.test()),
            Tables.classes(longName))) {
      String text = Tables.text(table);
      assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(101));
      assertThat(text.lines().filter(line -> line.startsWith("---"))).hasSize(1);
    }
  }

  @Test
  void numbersEndInOneColumnOfTheText() {
    List<String> lines = Tables.text(Tables.table2()).lines().toList();

    assertThat(lines.stream().filter(line -> line.endsWith("342") || line.endsWith("460")))
        .hasSize(3)
        .allSatisfy(
            line -> assertThat(line.length()).isEqualTo(lines.get(lines.size() - 1).length()));
    assertThat(lines).anyMatch(line -> line.contains("138,357,544"));
  }

  @Test
  void textMovesNoCursor() {
    Evaluation test = Samples.test().named("a\u001b[2Jb\nc");

    assertThat(Tables.text(Tables.of(test))).doesNotContain("\u001b").contains("a [2Jb c");
  }

  @Test
  void htmlIsEscaped() {
    Evaluation test =
        Samples.test("<b>", "\"Q\"", List.of("<script>alert('x')</script>", "a & b"), 4);

    String html = Tables.html(Tables.classes(test)) + Tables.html(Tables.of(test.confusion()));

    assertThat(html)
        .doesNotContain("<script", "<b>", "'x'")
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;", "a &amp; b")
        .contains("text-align:right");
    assertThat(html.split("<table", -1)).hasSize(3);
    assertThat(html.split("</table>", -1)).hasSize(3);
  }

  @Test
  void numbersReadAlikeInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Tables.text(Tables.table2())).contains("138,357,544").contains("15.470");
    } finally {
      Locale.setDefault(before);
    }
  }

  private static List<Integer> counts(Table table, String column) {
    LongColumn counts = (LongColumn) table.column(column);
    return Arrays.stream(counts.asLongArray()).mapToObj(Math::toIntExact).toList();
  }

  private static List<String> words(Table table, String column) {
    return table.stringColumn(column).asList().stream().filter(word -> !word.isEmpty()).toList();
  }
}
