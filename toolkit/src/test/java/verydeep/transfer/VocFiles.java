package verydeep.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import verydeep.data.MultiLabelImages;

/** Trees of PASCAL VOC's layout whose images need not be looked at. */
final class VocFiles {

  private VocFiles() {}

  /**
   * Writes a set.
   *
   * @param labels a row an image, 1, 0 or -1 a class
   */
  static MultiLabelImages write(Path root, String set, List<String> classes, int[][] labels) {
    try {
      Path main = Files.createDirectories(root.resolve("ImageSets/Main"));
      Path images = Files.createDirectories(root.resolve("JPEGImages"));
      for (int i = 0; i < labels.length; i++) {
        Files.write(images.resolve(name(set, i) + ".jpg"), new byte[] {0});
      }
      Files.writeString(main.resolve(set + ".txt"), lines(set, labels, -1));
      for (int k = 0; k < classes.size(); k++) {
        Files.writeString(main.resolve(classes.get(k) + "_" + set + ".txt"), lines(set, labels, k));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return MultiLabelImages.voc(root, set);
  }

  private static String lines(String set, int[][] labels, int label) {
    return IntStream.range(0, labels.length)
        .mapToObj(i -> name(set, i) + (label < 0 ? "" : " %2d".formatted(labels[i][label])) + "\n")
        .collect(Collectors.joining());
  }

  private static String name(String set, int image) {
    return "%s_%06d".formatted(set, image);
  }
}
