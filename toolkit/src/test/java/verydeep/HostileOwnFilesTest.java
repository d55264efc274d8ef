package verydeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.evaluation.Evaluation;
import verydeep.localization.Localization;
import verydeep.localization.Localizer;
import verydeep.transfer.Features;
import verydeep.weights.Checkpoint;

/**
 * The toolkit's own files after somebody has changed them: what was written for oneself is trusted
 * no more than what comes from elsewhere. The files lie in resources/verydeep/older.
 */
@Timeout(60)
class HostileOwnFilesTest {

  private static final Path OLDER = Path.of("src/test/resources/verydeep/older");

  /** What a text in a file may have become. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\n",
          "\u0000",
          "-1",
          "2147483648",
          "99999999999999999999",
          "NaN",
          "-Infinity",
          "1e308",
          "multi-crop-2000000000 32 plain",
          "dense ,, mirrored",
          "a b c d e f;1 2 3 4",
          "[[[[[[[[",
          "{\"configuration\":\"D\",\"width\":1e9,\"input\":2000000000,\"classes\":2000000000}",
          "null",
          "%0A%0D%25%",
          "\n\n\n\n\n\n\n\n\n\n\n\n");

  @TempDir Path folder;

  /** Each kind of file, and what users do with what is in it. */
  private static final Map<String, Consumer<Path>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("evaluation.safetensors", HostileOwnFilesTest::useTest);
    KINDS.put("centre-crop.safetensors", HostileOwnFilesTest::useTest);
    KINDS.put("test/test.safetensors", HostileOwnFilesTest::useTest);
    KINDS.put("features.safetensors", HostileOwnFilesTest::useFeatures);
    KINDS.put("localization.safetensors", HostileOwnFilesTest::useLocalization);
    KINDS.put("boxes/test.safetensors", HostileOwnFilesTest::useLocalization);
    KINDS.put(
        "checkpoint.safetensors",
        file -> assertThat(Checkpoint.read(file)).asString().isNotEmpty());
    KINDS.put(
        "localizer.safetensors",
        file -> assertThat(Localizer.read(file.toString())).asString().isNotEmpty());
  }

  private static void useTest(Path file) {
    Evaluation test = Evaluation.read(file);
    assertThat(test.toString()).isNotNull();
    assertThat(test.errors()).isNotNull();
    assertThat(test.confusion().toString()).isNotNull();
    assertThat(test.predictions().get(0).toString()).isNotNull();
  }

  private static void useFeatures(Path file) {
    Features features = Features.read(file);
    assertThat(features.toString()).isNotNull();
    for (int i = 0; i < features.size(); i++) {
      assertThat(features.vector(i)).isNotNull();
      assertThat(features.classes().get(features.label(i))).isNotNull();
    }
  }

  private static void useLocalization(Path file) {
    Localization test = Localization.read(file);
    assertThat(test.toString()).isNotNull();
    assertThat(test.error()).isNotNull();
    assertThat(test.meanIou()).isBetween(0.0, 1.0);
    test.images().forEach(image -> assertThat(image.toString()).isNotNull());
  }

  /** A header and the bytes after it. */
  private static final class Parts {

    private final JsonObject header;
    private final byte[] data;

    Parts(JsonObject header, byte[] data) {
      this.header = header;
      this.data = data;
    }

    static Parts of(Path file) throws IOException {
      byte[] all = Files.readAllBytes(file);
      int length = Math.toIntExact(ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong());
      String json = new String(all, 8, length, StandardCharsets.UTF_8);
      return new Parts(
          JsonParser.parseString(json).getAsJsonObject(),
          Arrays.copyOfRange(all, 8 + length, all.length));
    }

    JsonObject metadata() {
      return header.getAsJsonObject("__metadata__");
    }

    byte[] bytes() {
      byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(8 + json.length + data.length)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(json.length)
          .put(json)
          .put(data)
          .array();
    }
  }

  private void read(String kind, byte[] content, String what) throws IOException {
    Path file = Files.write(folder.resolve("changed.safetensors"), content);
    try {
      KINDS.get(kind).accept(file);
    } catch (VerydeepException e) {
      assertThat(e.getMessage()).as(what).endsWith(".").doesNotContain("Exception", " null");
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      fail(kind + ", " + what + ": " + e, e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evaluation.safetensors",
        "centre-crop.safetensors",
        "test/test.safetensors",
        "features.safetensors",
        "localization.safetensors",
        "boxes/test.safetensors",
        "checkpoint.safetensors",
        "localizer.safetensors"
      })
  void whateverATextSaysEndsInASentence(String kind) throws IOException {
    Parts whole = Parts.of(OLDER.resolve(kind));
    KINDS.get(kind).accept(OLDER.resolve(kind));
    for (String name : List.copyOf(whole.metadata().keySet())) {
      String before = whole.metadata().get(name).getAsString();
      for (String text : TEXTS) {
        whole.metadata().addProperty(name, text);
        read(kind, whole.bytes(), name + " is \"" + text + "\"");
      }
      whole.metadata().addProperty(name, before + before);
      read(kind, whole.bytes(), name + " twice");
      whole.metadata().remove(name);
      read(kind, whole.bytes(), "no " + name);
      whole.metadata().addProperty(name, before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evaluation.safetensors",
        "features.safetensors",
        "localization.safetensors",
        "boxes/test.safetensors",
        "checkpoint.safetensors",
        "localizer.safetensors"
      })
  void whateverByteIsChangedEndsInASentence(String kind) throws IOException {
    byte[] whole = Files.readAllBytes(OLDER.resolve(kind));
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      byte[] changed =
          round % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
      for (int i = random.nextInt(4); i >= 0 && changed.length > 0; i--) {
        // most of what can be changed with effect is in the first bytes
        int most = random.nextBoolean() ? Math.min(2000, changed.length) : changed.length;
        changed[random.nextInt(most)] = (byte) random.nextInt(256);
      }
      read(kind, changed, "round " + round);
    }
  }

  /** All numbers of an array: those that are none, and those that are no index. */
  @ParameterizedTest
  @ValueSource(
      strings = {"evaluation.safetensors", "features.safetensors", "localization.safetensors"})
  void whateverNumberIsALabelEndsInASentence(String kind) throws IOException {
    Parts whole = Parts.of(OLDER.resolve(kind));
    int from =
        whole.header.getAsJsonObject("labels").getAsJsonArray("data_offsets").get(0).getAsInt();
    for (float label : new float[] {-1, 2, 1e9f, Float.NaN, Float.NEGATIVE_INFINITY, 0.5f}) {
      byte[] data = whole.data.clone();
      ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putFloat(from, label);
      read(kind, new Parts(whole.header, data).bytes(), "label " + label);
    }
  }

  @Test
  void aLabelThatIsNoClassIsRefused() throws IOException {
    Parts whole = Parts.of(OLDER.resolve("evaluation.safetensors"));
    int from =
        whole.header.getAsJsonObject("labels").getAsJsonArray("data_offsets").get(0).getAsInt();
    ByteBuffer.wrap(whole.data).order(ByteOrder.LITTLE_ENDIAN).putFloat(from, 7);
    Path file = Files.write(folder.resolve("label.safetensors"), whole.bytes());

    assertThatThrownBy(() -> Evaluation.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aFileSaysWhatItLacks() throws IOException {
    Parts whole = Parts.of(OLDER.resolve("evaluation.safetensors"));
    whole.metadata().remove("protocol");
    Path file = Files.write(folder.resolve("lacks.safetensors"), whole.bytes());

    assertThatThrownBy(() -> Evaluation.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": It is damaged. It lacks protocol.");
  }

  @Test
  void aFileOfAnotherKindIsNotCalledDamaged() {
    Path test = OLDER.resolve("evaluation.safetensors");

    assertThatThrownBy(() -> Features.read(test))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("It is not features of this toolkit")
        .hasMessageEndingWith("must be \"verydeep features 1\".");
    assertThatThrownBy(() -> Localization.read(test))
        .hasMessageContaining("It is not a localization of this toolkit");
    assertThatThrownBy(() -> Checkpoint.read(test)).isInstanceOf(FileException.class);
  }

  @Test
  void theNumbersOfAViewAreNamed() throws IOException {
    Parts whole = Parts.of(OLDER.resolve("evaluation.safetensors"));
    whole.metadata().addProperty("looks", "dense 32,x mirrored");
    Path file = Files.write(folder.resolve("views.safetensors"), whole.bytes());

    assertThatThrownBy(() -> Evaluation.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(
            "It is damaged. A value in it cannot be used: For input string: \"x\".");
  }
}
