package verydeep.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;

/** Columns of tables. */
class ColumnsTest {

  @Test
  void probabilitiesThatWouldPrintAsZeroSayThatTheyAreSmall() {
    DoubleColumn column =
        Columns.probability("p", List.of(0.5, 0.000051, 0.00005, 0.0, 1.0), p -> p);

    assertThat(texts(column)).containsExactly("0.5000", "0.0001", "<0.0001", "<0.0001", "1.0000");
    assertThat(column.get(2)).isEqualTo(0.00005);
  }

  private static List<String> texts(DoubleColumn column) {
    return IntStream.range(0, column.size()).mapToObj(column::getString).toList();
  }

  @Test
  void numbersThatAreMissingLeaveTheirCellEmpty() {
    DoubleColumn decimal = Columns.decimal("x", 2, List.of(1234.5, Double.NaN), x -> x);
    LongColumn count = Columns.count("n", Arrays.asList(1234567, null), n -> n);

    assertThat(decimal.getString(0)).isEqualTo("1,234.50");
    assertThat(decimal.getString(1)).isEmpty();
    assertThat(count.getString(0)).isEqualTo("1,234,567");
    assertThat(count.getString(1)).isEmpty();
    assertThat(count.isMissing(1)).isTrue();
  }

  @Test
  void numbersPrintAlikeWhereTheCommaIsThePoint() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(Columns.decimal("x", 1, List.of(1234.5), x -> x).getString(0))
          .isEqualTo("1,234.5");
      assertThat(Columns.number("x", "0.0E0", List.of(1234.5), x -> x).getString(0))
          .isEqualTo("1.2E3");
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Tablesaw takes "Cat" and "cat" for one column. */
  @Test
  void repeatedNamesHaveANumberAlsoIfTheyDifferInCase() {
    assertThat(Columns.unique(List.of("cat", "Cat", "dog", "cat", "cat (2)")))
        .containsExactly("cat", "Cat (2)", "dog", "cat (3)", "cat (2) (2)");
  }
}
