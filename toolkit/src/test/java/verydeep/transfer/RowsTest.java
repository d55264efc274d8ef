package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.FileException;
import verydeep.internal.files.TensorFile;

/** Vectors in files: large arrays are neither written nor read as a whole. */
class RowsTest {

  private static final int NUMBERS = 512;

  @TempDir Path folder;

  private Path written(List<float[]> rows) {
    return written(rows, rows.size());
  }

  private Path written(List<float[]> rows, int count) {
    Path file = folder.resolve("rows");
    TensorFile.writeRows(
        file, Map.of(), Map.of("rows", List.of(count, NUMBERS)), Map.of("rows", rows));
    return file;
  }

  private static float[] row(int index) {
    float[] row = new float[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      row[i] = index * NUMBERS + i;
    }
    return row;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 2048, 3000})
  void rowsComeBackInAnyOrder(int count) {
    List<float[]> rows = IntStream.range(0, count).mapToObj(RowsTest::row).toList();
    List<float[]> read = Rows.read(TensorFile.read(written(rows)).tensors().get("rows"), count);

    assertThat(read).hasSize(count);
    for (int i = count - 1; i >= 0; i--) {
      assertThat(read.get(i)).isEqualTo(rows.get(i));
    }
  }

  @Test
  void thoseOfALargeArrayStayInTheFile() {
    List<float[]> large = Collections.nCopies(2048, row(1));
    List<float[]> read = Rows.read(TensorFile.read(written(large)).tensors().get("rows"), 2048);

    assertThat(read.get(3)).isNotSameAs(read.get(3)).isEqualTo(read.get(3));
  }

  @Test
  void moreThanCanBeReadAgainIsNotWritten() {
    List<float[]> huge = Collections.nCopies(1 << 20, row(1));

    assertThatThrownBy(() -> written(huge))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("[1048576, 512]")
        .hasMessageContaining("2,147,483,648 bytes; 2,147,483,647 are the most");
    assertThat(folder.resolve("rows")).doesNotExist();
  }

  @Test
  void rowsOfAnotherLengthAndTooFewAreRefused() {
    assertThatThrownBy(() -> written(List.of(new float[3])))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> written(List.of(row(1)), 2)).isInstanceOf(IllegalStateException.class);
    assertThat(folder.resolve("rows")).doesNotExist();
  }
}
