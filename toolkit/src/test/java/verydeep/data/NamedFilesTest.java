package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;

/** Files that are given by name, as paths. */
class NamedFilesTest {

  private static final String ROOT = "s3a://bucket/set";
  private static final List<String> NAMES =
      List.of(
          ROOT + "/b/2.txt",
          ROOT + "/a",
          ROOT + "/a-b/3.txt",
          ROOT + "/b/c/4.txt",
          ROOT + "/b/1.txt",
          ROOT + "/b/c/",
          "s3a://bucket/settings/5.txt");

  private static final ImageBytes SOURCE =
      name -> name.endsWith("2.txt") ? null : name.getBytes(StandardCharsets.UTF_8);

  private final Path root = SOURCE.folder(ROOT, NAMES);

  private static List<String> within(Path folder, int depth) throws IOException {
    try (Stream<Path> all = Files.walk(folder, depth)) {
      return all.map(Path::toString).toList();
    }
  }

  @Test
  void aFolderHoldsTheFilesWhoseNamesBeginWithIt() throws IOException {
    assertThat(root).hasToString(ROOT + "/");
    assertThat(within(root, 9))
        .containsExactly(
            ROOT + "/",
            ROOT + "/a",
            ROOT + "/a-b",
            ROOT + "/a-b/3.txt",
            ROOT + "/b",
            ROOT + "/b/1.txt",
            ROOT + "/b/2.txt",
            ROOT + "/b/c",
            ROOT + "/b/c/4.txt");
    assertThat(within(root.resolve("b/c"), 1)).containsExactly(ROOT + "/b/c", ROOT + "/b/c/4.txt");
    assertThat(Files.isDirectory(root.resolve("b"))).isTrue();
    assertThat(Files.isRegularFile(root.resolve("a"))).isTrue();
    assertThat(Files.exists(root.resolve("c"))).isFalse();
    assertThat(Files.size(root.resolve("a"))).isEqualTo(ROOT.length() + 2);
  }

  @Test
  void aFileIsReadByItsName() throws IOException {
    Path file = root.resolve("b").resolve("c/4.txt");
    assertThat(Files.readString(file)).isEqualTo(ROOT + "/b/c/4.txt").isEqualTo(file.toString());
    assertThat(Files.readAllLines(SOURCE.file("hdfs://h/x"))).containsExactly("hdfs://h/x");
    try (var channel = Files.newByteChannel(file)) {
      channel.position(4);
      ByteBuffer some = ByteBuffer.allocate(7);
      assertThat(channel.read(some)).isEqualTo(7);
      assertThat(new String(some.array(), StandardCharsets.UTF_8)).isEqualTo("//bucke");
      assertThat(channel.position(1000).read(some.clear())).isEqualTo(-1);
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> Files.readString(root.resolve("b/2.txt")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("b/2.txt");
    assertThatThrownBy(() -> Files.readString(root.resolve("b/9.txt")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Files.newDirectoryStream(root.resolve("a")))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> Files.readString(root.resolve("b"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> SOURCE.folder("s3a://bucket/se", NAMES))
        .isInstanceOf(VerydeepException.class)
        .hasMessage(
            "None of the 7 names is in \"s3a://bucket/se\"; the first is " + NAMES.get(0) + ".");
    assertThatThrownBy(() -> SOURCE.folder("x", List.of())).isInstanceOf(VerydeepException.class);
  }

  @Test
  void nothingCanBeWritten() {
    Path file = root.resolve("a");
    assertThatThrownBy(() -> Files.writeString(file, "x"))
        .isInstanceOf(ReadOnlyFileSystemException.class);
    assertThatThrownBy(() -> Files.createDirectories(root.resolve("new")))
        .isInstanceOf(ReadOnlyFileSystemException.class);
    assertThatThrownBy(() -> Files.delete(file)).isInstanceOf(ReadOnlyFileSystemException.class);
    assertThat(Files.isWritable(file)).isFalse();
    assertThatThrownBy(file::toFile).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void pathsAreTakenApartAndPutTogether() {
    Path file = root.resolve("b/c/4.txt");
    assertThat(file.getFileName()).hasToString("4.txt");
    assertThat(file.getParent()).isEqualTo(root.resolve("b").resolve("c"));
    assertThat(file.getParent().getParent().getParent()).isEqualTo(root);
    assertThat(root.getParent()).isNull();
    assertThat(file.getNameCount()).isEqualTo(3);
    assertThat(file.getName(1)).hasToString("c");
    assertThat(file.subpath(0, 2)).hasToString("b/c");
    assertThat(root.relativize(file)).hasToString("b/c/4.txt");
    assertThat(file.getParent().relativize(file)).hasToString("4.txt");
    assertThat(root.relativize(file).getParent()).hasToString("b/c");
    assertThat(root.relativize(root.resolve("a")).getParent()).isNull();
    assertThat(file.startsWith(root.resolve("b"))).isTrue();
    assertThat(root.resolve("a-b/3.txt").startsWith(root.resolve("a"))).isFalse();
    assertThat(file.endsWith("c/4.txt")).isTrue();
    assertThat(file.resolveSibling("5.txt")).hasToString(ROOT + "/b/c/5.txt");
    assertThat(root.resolve(ROOT + "/a")).isEqualTo(root.resolve("a"));
    assertThat(file.toUri().toString()).startsWith("verydeep-names:/");
    assertThatThrownBy(() -> root.resolve("a").relativize(file))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theNameIsKeptToTheLetterAndTellsPathsApart() {
    ImageBytes other = name -> new byte[1];
    for (String name : List.of("17", "hdfs://host:8020/a b\u00e9.png", "a//b", "a\0b", "x/../y")) {
      Path file = SOURCE.file(name);
      assertThat(file).hasToString(name).isEqualTo(other.file(name));
      assertThat(file).hasSameHashCodeAs(other.file(name));
      assertThat(file.normalize()).isEqualTo(file);
      assertThat(file).isNotEqualTo(file.getFileName());
    }
    assertThat(SOURCE.file(ROOT + "/a")).isEqualTo(root.resolve("a"));
  }

  @Test
  void aSourceThatFailsIsATypedError() {
    ImageBytes failing =
        name -> {
          throw new IllegalStateException("the connection is lost");
        };
    Path tree = failing.folder("t", List.of("t/ImageSets/Main/all.txt"));
    assertThatThrownBy(() -> BoxedImages.voc(tree, "all"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("t/ImageSets/Main/all.txt", "the connection is lost");
  }
}
