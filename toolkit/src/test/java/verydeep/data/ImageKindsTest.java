package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kinds of images that PngSuite, bmpsuite and Pillow's tests have, as {@code image_kinds.py}
 * makes them, beside what Pillow reads of each.
 */
class ImageKindsTest {

  @Test
  void everyKindIsReadAsItsTableSays() throws IOException {
    Map<String, String> found = new TreeMap<>();
    Kinds.all().forEach((name, file) -> found.put(name, outcome(file, Kinds.pillow(name))));
    assertThat(found).hasSizeGreaterThan(300).hasSameSizeAs(table());
    found.entrySet().removeAll(table().entrySet());
    assertThat(found).as("kinds whose outcome is not that of kinds.csv").isEmpty();
  }

  /** What only tells of the header is right without the pixels. */
  @Test
  void headersTellSizeAndOrientation(@TempDir Path folder) throws IOException {
    for (Map.Entry<String, byte[]> kind : Kinds.all().entrySet()) {
      byte[] pillow = Kinds.pillow(kind.getKey());
      if (pillow != null && !table().get(kind.getKey()).startsWith("refused")) {
        Path file = Files.write(folder.resolve("image"), kind.getValue());
        Decoding.Stored stored = Decoding.stored(file);
        assertThat(stored.seenWidth()).as(kind.getKey()).isEqualTo(pillow[1] & 0xff);
        assertThat(stored.seenHeight()).as(kind.getKey()).isEqualTo(pillow[3] & 0xff);
      }
    }
  }

  /** The size of a TIFF may come last, but not after more than is read of any image. */
  @Test
  void aTiffOfThreeGigabytesIsRefusedUnread(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("large.tif");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.write(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0});
      large.setLength(3L << 30); // sparse
    }
    assertThatThrownBy(() -> Decoding.stored(file))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("are allowed")
        .hasMessageContaining("large.tif");
  }

  /** The page counts the kinds of each format by their outcome. */
  @Test
  void thePageCountsTheKinds() throws IOException {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    table()
        .forEach(
            (name, outcome) -> {
              String shown = outcome.startsWith("differs") ? "differs" : outcome;
              counts
                  .computeIfAbsent(name.substring(0, name.indexOf('/')), k -> new TreeMap<>())
                  .merge(shown, 1, Integer::sum);
            });
    List<String> outcomes =
        List.of(
            "equal",
            "within two levels",
            "differs",
            "refused by both",
            "read only here",
            "refused only here");
    String page = Files.readString(Path.of("../docs/formats.md"));
    counts.forEach(
        (format, count) -> {
          String row = "| " + format + " |";
          for (String outcome : outcomes) {
            row += " " + count.getOrDefault(outcome, 0) + " |";
          }
          assertThat(page).contains(row);
        });
  }

  private static Map<String, String> table() throws IOException {
    Map<String, String> table = new TreeMap<>();
    for (String line : Files.readAllLines(Goldens.path("kinds.csv"))) {
      int comma = line.indexOf(',');
      table.put(line.substring(0, comma), line.substring(comma + 1));
    }
    return table;
  }

  /** What becomes of a kind; errors are of the one type, and sentences. */
  private static String outcome(byte[] file, byte[] pillow) {
    try {
      RgbImage image = Decoding.decode(file, 1_000_000);
      return pillow == null ? "read only here" : compared(image, pillow);
    } catch (IOException e) {
      assertThat(e.getMessage()).contains(" ").endsWith(".");
      return pillow == null ? "refused by both" : "refused only here";
    }
  }

  private static String compared(RgbImage image, byte[] pillow) {
    int width = ((pillow[0] & 0xff) << 8) | (pillow[1] & 0xff);
    int height = ((pillow[2] & 0xff) << 8) | (pillow[3] & 0xff);
    if (image.width() != width || image.height() != height) {
      return "other size: " + image + " not " + width + " x " + height;
    }
    int most = 0;
    for (int i = 0; i < image.rgb().length; i++) {
      most = Math.max(most, Math.abs((image.rgb()[i] & 0xff) - (pillow[4 + i] & 0xff)));
    }
    return most == 0 ? "equal" : most <= 2 ? "within two levels" : "differs by up to " + most;
  }
}
