package verydeep.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.network.Tensor;

/** What the toolkit keeps for itself: texts and arrays by name. */
class TensorFileTest {

  @TempDir Path folder;

  @Test
  void namesComeBackWhateverIsInThem() {
    List<String> names =
        List.of("", "a", "a\nb", "a\r\nb", "100%", "%0A", "%250A", " ü 写真 ", "\u2028", "");

    assertThat(TensorFile.names(TensorFile.lines(names))).isEqualTo(names);
    assertThat(TensorFile.names(TensorFile.lines(List.of()))).isEmpty();
  }

  @Test
  void textsAndArraysComeBackToTheBit() {
    Path file = folder.resolve("kept.safetensors");
    float[] odd = {0, -0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 0.1f};
    Map<String, String> texts = Map.of("format", "test 1", "empty", "", "quoted", "\"\\\u0007é");
    TensorFile.write(
        file,
        texts,
        Map.of("odd", List.of(2, 3), "labels", List.of(3)),
        name ->
            name.equals("odd")
                ? Tensor.of(List.of(2, 3), odd)
                : TensorFile.column(0, (1 << 24) - 1, 7));

    TensorFile read = TensorFile.read(file);
    assertThat(read.metadata()).isEqualTo(texts);
    assertThat(bits(read.tensors().get("odd").toArray())).isEqualTo(bits(odd));
    assertThat(read.tensors().get("odd").sizes()).containsExactly(2, 3);
    assertThat(read.tensors().get("labels").toArray()).containsExactly(0, 16777215, 7);
  }

  private static int[] bits(float[] values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }

  @Test
  void whatReadingEndsWithIsTheReasonOfADamagedFile() {
    Path file = folder.resolve("kept.safetensors");
    TensorFile.write(file, Map.of("format", "test 1"), Map.of(), name -> null);

    assertThatThrownBy(() -> TensorFile.read(file, "test 1", "a test", f -> f.text("name")))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": It is damaged. It lacks name.")
        .hasCauseInstanceOf(VerydeepException.class);
    assertThatThrownBy(() -> TensorFile.read(file, "test 1", "a test", f -> List.of().get(3)))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + ": It is damaged. A value in it cannot be used: ")
        .hasMessageEndingWith(".");
    assertThatThrownBy(() -> TensorFile.read(file, "test 2", "a test", f -> f))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": It is not a test of this toolkit: its format must be \"test 2\".");
  }

  @Test
  void aFileThatCannotBeReadSaysWhy() {
    assertThatThrownBy(() -> TensorFile.read(folder.resolve("none")))
        .isInstanceOf(FileException.class)
        .hasMessage(folder.resolve("none") + ": There is no such file.");
    assertThatThrownBy(() -> TensorFile.read(folder.resolve("no/none")))
        .hasMessage(
            folder.resolve("no/none")
                + ": There is no such file, and no folder "
                + folder.resolve("no")
                + ".");
    assertThatThrownBy(() -> TensorFile.read(folder))
        .isInstanceOf(FileException.class)
        .hasMessage(folder + ": It is a folder. Name a file in it.");
  }

  @Test
  void anArrayThatIsNotAsAnnouncedIsNotWritten() {
    Path file = folder.resolve("kept.safetensors");

    assertThatThrownBy(
            () ->
                TensorFile.write(
                    file, Map.of(), Map.of("a", List.of(3)), name -> Tensor.of(List.of(2), 1, 2)))
        .isInstanceOf(RuntimeException.class);
    assertThat(Files.exists(file)).isFalse();
  }

  /** All 65,536 of them: what Java 20's own conversion gives, by its definition. */
  @Test
  void halfPrecisionNumbersAreWidenedWithoutLoss() {
    for (int half = 0; half < 1 << 16; half++) {
      int exponent = half >> 10 & 0x1f;
      int fraction = half & 0x3ff;
      double sign = (half & 0x8000) == 0 ? 1 : -1;
      float wide = HalfFloats.widen((short) half);
      if (exponent == 0x1f) {
        assertThat(fraction == 0 ? wide == sign * Double.POSITIVE_INFINITY : Float.isNaN(wide))
            .as("%04x", half)
            .isTrue();
      } else {
        double value =
            exponent == 0
                ? fraction * Math.pow(2, -24)
                : (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
        assertThat((double) wide).as("%04x", half).isEqualTo(sign * value);
      }
    }
  }
}
