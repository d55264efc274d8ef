package verydeep.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import verydeep.data.ImageBytes;
import verydeep.data.Skipped;

/** The names of images in results. */
class FileNamesTest {

  @Test
  void aPathOfThisMachineStaysOne() {
    Path path = FileNames.path("photos/cat/1.jpg");
    assertThat(path.getFileSystem()).isEqualTo(FileSystems.getDefault());
    assertThat(path).isEqualTo(Path.of("photos", "cat", "1.jpg"));
    assertThat(FileNames.of(path)).isEqualTo("photos/cat/1.jpg");
  }

  @Test
  void anotherNameIsKeptAndCannotBeOpened() {
    for (String name : List.of("hdfs://host:8020/1.jpg", "a//b", "a\0b", "photos/")) {
      Path path = FileNames.path(name);
      assertThat(path).hasToString(name);
      assertThat(FileNames.of(path)).isEqualTo(name);
      assertThatThrownBy(() -> Files.readAllBytes(path))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Give it by movedTo(images).");
    }
  }

  @Test
  void skippedImagesGetThePathsOfTheImagesTheyWereAmong() {
    ImageBytes source = name -> new byte[0];
    List<Path> images = IntStream.range(0, 4).mapToObj(i -> source.file("i" + i)).toList();
    List<Skipped> read =
        List.of(
            new Skipped(Path.of("i1"), "one"),
            new Skipped(Path.of("elsewhere"), "two"),
            new Skipped(Path.of("i3"), "three"));
    List<Skipped> located = SkippedText.located(read, images.size(), images::get);
    assertThat(located)
        .containsExactly(
            new Skipped(images.get(1), "one"), read.get(1), new Skipped(images.get(3), "three"));
  }
}
