package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.FileException;
import verydeep.internal.files.Safetensors;
import verydeep.network.Tensor;

/** Whatever a file holds: it loads as what it says, or a FileException names the file. */
@Timeout(60)
class HostileFilesTest {

  private static final String FLOATS = "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%d,%d]}";

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("headers")
  void headerThatBreaksARuleIsRefused(String what, String json, int dataBytes) throws IOException {
    refused(file(json, dataBytes));
  }

  static Stream<Arguments> headers() {
    String two = "{\"a\":" + FLOATS + ",\"b\":" + FLOATS + "}";
    String one = "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}";
    return Stream.of(
        Arguments.of("no JSON", "hello", 0),
        Arguments.of("unfinished JSON", "{\"a\":{", 0),
        Arguments.of("array", "[]", 0),
        Arguments.of("number", "12", 0),
        Arguments.of("null", "null", 0),
        Arguments.of("NUL bytes", "\0\0\0\0\0\0\0\0", 0),
        Arguments.of("empty object", "{}", 0),
        Arguments.of("empty object with data behind", "{}", 8),
        Arguments.of("deep arrays", "{\"a\":{\"shape\":" + "[".repeat(1_000_000), 0),
        Arguments.of("deep objects", "{\"a\":".repeat(1_000_000), 0),
        Arguments.of("deep metadata", "{\"__metadata__\":" + "{\"a\":".repeat(100_000), 0),
        Arguments.of("overlap", two.formatted(0, 8, 4, 12), 12),
        Arguments.of("the same place twice", two.formatted(0, 8, 0, 8), 8),
        Arguments.of("hole", two.formatted(0, 8, 12, 20), 20),
        Arguments.of("hole at the start", two.formatted(4, 12, 12, 20), 20),
        Arguments.of("beyond the file", two.formatted(0, 8, 8, 16), 12),
        Arguments.of("data left over", two.formatted(0, 8, 8, 16), 17),
        Arguments.of("end before begin", one.formatted("F32", "[2]", "[8,0]"), 8),
        Arguments.of("negative offsets", one.formatted("F32", "[2]", "[-8,0]"), 8),
        Arguments.of("huge offsets", one.formatted("F32", "[2]", "[0,9223372036854775807]"), 8),
        Arguments.of(
            "overflowing offsets", one.formatted("F32", "[2]", "[0,9223372036854775808]"), 8),
        Arguments.of("fractional offset", one.formatted("F32", "[2]", "[0,7.5]"), 8),
        Arguments.of("one offset", one.formatted("F32", "[2]", "[0]"), 8),
        Arguments.of("three offsets", one.formatted("F32", "[2]", "[0,8,8]"), 8),
        Arguments.of("no offsets", "{\"a\":{\"dtype\":\"F32\",\"shape\":[0]}}", 0),
        Arguments.of("no type", "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}", 8),
        Arguments.of("BF16", one.formatted("BF16", "[4]", "[0,8]"), 8),
        Arguments.of("F64", one.formatted("F64", "[1]", "[0,8]"), 8),
        Arguments.of("unknown type", one.formatted("Q7", "[8]", "[0,8]"), 8),
        Arguments.of("shape of other size", one.formatted("F32", "[3]", "[0,8]"), 8),
        Arguments.of("negative size", one.formatted("F32", "[-2]", "[0,8]"), 8),
        Arguments.of("two negative sizes", one.formatted("F32", "[-1,-2]", "[0,8]"), 8),
        Arguments.of("size that overflows int", one.formatted("F32", "[4294967298]", "[0,8]"), 8),
        Arguments.of(
            "product that overflows to the size",
            one.formatted("F32", "[1073741824,1073741824,16]", "[0,0]"),
            0),
        Arguments.of("text as size", one.formatted("F32", "[\"x\"]", "[0,8]"), 8),
        Arguments.of("shape is no array", one.formatted("F32", "2", "[0,8]"), 8),
        Arguments.of(
            "many dimensions", one.formatted("F32", "[2" + ",1".repeat(99_999) + "]", "[0,8]"), 8),
        Arguments.of("duplicate name", two.replace("\"b\"", "\"a\"").formatted(0, 8, 8, 16), 16),
        Arguments.of("unknown field", "{\"a\":{\"dtype\":\"F32\",\"kind\":1}}", 8),
        Arguments.of("metadata is a list", "{\"__metadata__\":[]}", 0),
        Arguments.of("metadata holds an object", "{\"__metadata__\":{\"a\":{}}}", 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9})
  void shortFileIsRefused(int length) throws IOException {
    Path file = folder.resolve("short");
    Files.write(file, new byte[length]);
    refused(file);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 101, 1 << 20, 100_000_001, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void headerLengthBeyondTheFileIsRefused(long length) throws IOException {
    Path file = folder.resolve("length");
    ByteBuffer bytes = ByteBuffer.allocate(108).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Files.write(file, bytes.array());
    refused(file);
  }

  @Test
  void headerThatIsNotUtf8IsRefused() throws IOException {
    Path file = file("{\"a\":\"bcdef\"}", 0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[11] = (byte) 0xff;
    Files.write(file, bytes);
    refused(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"configuration\":\"Z\",\"width\":1,\"input\":32}",
        "{\"width\":0.015625,\"input\":32,\"classes\":2}",
        "{\"configuration\":\"A\",\"width\":1e300,\"input\":32}",
        "{\"configuration\":\"A\",\"width\":0.015625,\"input\":2147483647,\"classes\":2}",
        "{\"configuration\":\"A\",\"width\":0.015625,\"input\":32,\"classes\":0}",
        "{\"configuration\":\"A\",\"width\":\"wide\",\"input\":32,\"classes\":2}",
        "{\"configuration\":\"A\",\"width\":0.015625,\"input\":32,\"classes\":2147483647}",
        "{\"configuration\":\"B\",\"width\":0.015625,\"input\":32,\"classes\":2}",
        "[]",
        "null",
        ""
      })
  void networkThatCannotBeIsRefused(String network) throws IOException {
    refused(withMetadata("network", network));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"cat\",null]", "[\"cat\"]", "[]", "null", "{}", "[[\"cat\"],[]]", "["})
  void classNamesThatCannotBeAreRefused(String classes) throws IOException {
    refused(withMetadata("classes", classes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "{\"order\":\"GBR\",\"scale\":1}",
        "{\"order\":\"BGR\",\"scale\":0,\"mean\":{\"red\":1,\"green\":1,\"blue\":1},"
            + "\"deviation\":{\"red\":1,\"green\":1,\"blue\":1}}"
      })
  void preprocessingThatCannotBeIsRefused(String preprocessing) throws IOException {
    refused(withMetadata("preprocessing", preprocessing));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[0,0]", "[256,128]", "[null,null]", "[1]", "[]", "null", "[1.5,2]"})
  void scaleThatCannotBeIsRefused(String scale) throws IOException {
    refused(withMetadata("scale", scale));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{\"a\":{}}", "3"})
  void provenanceThatCannotBeIsRefused(String provenance) throws IOException {
    refused(withMetadata("provenance", provenance));
  }

  @Test
  void checkpointOfAnotherFormatVersionIsRefused() throws IOException {
    Path file = withMetadata("format", "verydeep 2");
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContainingAll(file.toString(), "verydeep 1", "verydeep 2");
  }

  @Test
  void truncatedFileIsRefused() throws IOException {
    byte[] whole = valid();
    Path file = folder.resolve("truncated");
    for (int length = 0; length < whole.length; length += 1 + length / 50) {
      Files.write(file, Arrays.copyOf(whole, length));
      refused(file);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    refused(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    refused(file);
  }

  @Test
  void randomlyChangedFileLoadsOrIsRefused() throws IOException {
    byte[] whole = valid();
    int header = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    SplittableRandom random = new SplittableRandom(1409);
    Path file = folder.resolve("changed");
    int loaded = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] changed = whole.clone();
      for (int change = 0; change <= i % 3; change++) { // mostly where it hurts
        changed[random.nextInt(i % 10 == 0 ? whole.length : 8 + header)] = (byte) random.nextInt();
      }
      Files.write(file, changed);
      loaded += loads(file, i) ? 1 : 0;
    }
    assertThat(loaded).isBetween(100, 1900);
  }

  private static boolean loads(Path file, int attempt) {
    try {
      Checkpoint read = Checkpoint.read(file);
      for (String name : read.parameters().names()) {
        Tensor tensor = read.parameters().get(name);
        assertThat(tensor.toArray()).hasSize(tensor.size());
      }
      assertThat(read.classNames()).hasSize(read.network().classes()).doesNotContainNull();
      assertThat(read.toString()).isNotEmpty();
      return true;
    } catch (FileException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("change " + attempt + " ends in " + e, e);
    }
  }

  private static void refused(Path file) {
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageMatching("(?s).*: .{10,}");
  }

  private Path file(String json, int dataBytes) throws IOException {
    return write(json, new byte[dataBytes]);
  }

  private Path write(String json, byte[] data) throws IOException {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
    bytes.write(text);
    bytes.write(data);
    return Files.write(folder.resolve("hostile"), bytes.toByteArray());
  }

  /** A checkpoint that is valid but for one value of its metadata. */
  private Path withMetadata(String name, String value) throws IOException {
    Path file = CheckpointTest.small(1).write(folder.resolve("valid"));
    Safetensors content = Safetensors.read(file);
    var metadata = new LinkedHashMap<>(content.metadata());
    metadata.put(name, value);
    new Safetensors(metadata, content.tensors()).write(file);
    return file;
  }

  private byte[] valid() throws IOException {
    return Files.readAllBytes(CheckpointTest.small(1).write(folder.resolve("valid")));
  }
}
