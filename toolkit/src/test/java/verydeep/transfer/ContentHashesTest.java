package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;

/** Which files are read again, and which are known by size and time. */
class ContentHashesTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-02T03:04:05.678Z"));

  @TempDir Path root;
  private Path file;
  private Path memory;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(root.resolve("a photo\nof two lines ä.jpg"), "first");
    memory = root.resolve("cache/hashes.txt");
  }

  private String hash() {
    ContentHashes hashes = new ContentHashes(memory);
    String hash = HexFormat.of().formatHex(hashes.of(file));
    hashes.keep();
    return hash;
  }

  private void change(String content, FileTime time) throws IOException {
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, time);
  }

  @Test
  void aHashIsThatOfSha256() {
    // printf first | sha256sum
    assertThat(hash())
        .isEqualTo("a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e");
  }

  @Test
  void aFileOfTheSameSizeAndTimeIsNotReadAgain() throws IOException {
    change("first", LONG_AGO);
    String first = hash();
    change("FIRST", LONG_AGO);
    assertThat(hash()).isEqualTo(first);
  }

  /** In UTF-8, these letters have the byte 0x85, which ends a line of ISO 8859-1 to some. */
  @Test
  void aFileWhosePathHasAnyLettersIsNotReadAgain() throws IOException {
    file = root.resolve("Å х\f\r.jpg");
    change("first", LONG_AGO);
    String first = hash();
    long size = Files.size(memory);
    change("FIRST", LONG_AGO);
    assertThat(hash()).isEqualTo(first);
    assertThat(Files.size(memory)).isEqualTo(size);
  }

  @Test
  void filesWhoseNamesDifferBySpacesAtTheEndAreNotTakenForEachOther() throws IOException {
    file = root.resolve("photo");
    change("first", LONG_AGO);
    String first = hash();
    file = root.resolve("photo ");
    change("FIRST", LONG_AGO);
    assertThat(hash()).isNotEqualTo(first);
  }

  @Test
  void aFileOfAnotherSizeOrTimeIsReadAgain() throws IOException {
    change("first", LONG_AGO);
    String first = hash();
    change("first and more", LONG_AGO);
    String longer = hash();
    change("FIRST", FileTime.fromMillis(LONG_AGO.toMillis() + 1));
    assertThat(hash()).isNotEqualTo(first).isNotEqualTo(longer);
    change("first", FileTime.fromMillis(LONG_AGO.toMillis() + 2));
    assertThat(hash()).isEqualTo(first);
  }

  @Test
  void aFileThatWasJustWrittenIsNotRemembered() throws IOException {
    FileTime now = FileTime.from(Instant.now());
    change("first", now);
    String first = hash();
    change("FIRST", now);
    assertThat(hash()).isNotEqualTo(first);
  }

  @Test
  void damagedLinesArePassedOver() throws IOException {
    change("first", LONG_AGO);
    String first = hash();
    byte[] good = Files.readAllBytes(memory);
    for (int cut = 0; cut < good.length; cut += 7) {
      Files.write(memory, java.util.Arrays.copyOf(good, cut));
      assertThat(hash()).isEqualTo(first);
    }
    Files.write(memory, new byte[] {0, -1, '\n', 10, 13, 32, -128});
    assertThat(hash()).isEqualTo(first);
    assertThat(Files.readString(memory, StandardCharsets.ISO_8859_1)).contains(first);
  }

  @Test
  void aMemoryThatCannotBeWrittenIsDoneWithout() throws IOException {
    change("first", LONG_AGO);
    memory = Files.writeString(root.resolve("no folder"), "").resolve("hashes.txt");
    assertThat(hash()).isEqualTo(hash());
  }

  @Test
  void aFileThatIsMissingIsNamed() throws IOException {
    Files.delete(file);
    assertThatThrownBy(this::hash)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("a photo");
  }
}
