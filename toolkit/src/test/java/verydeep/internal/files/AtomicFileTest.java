package verydeep.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are there whole or not at all, and folders that one process at a time has. */
@Timeout(30)
class AtomicFileTest {

  @TempDir Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void foldersThatAreMissingAreMade() throws IOException {
    Path file = folder.resolve("a/b/c.txt");
    AtomicFile.write(file, out -> out.write('x'));

    assertThat(file).hasContent("x");
  }

  @Test
  void whileItIsWrittenTheOldFileIsThere() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    AtomicFile.write(
        file,
        out -> {
          out.write('n');
          out.flush();
          assertThat(file).hasContent("old");
        });

    assertThat(file).hasContent("n");
    assertThat(files()).containsExactly("file");
  }

  @Test
  void aWriterThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[1000]);
                      throw new IOException("the disk is full");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is full");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      throw new IllegalStateException("a bug");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("old");
    assertThat(files()).containsExactly("file");
  }

  @Test
  void anInterruptedThreadWritesItsFile() throws IOException {
    Thread.currentThread().interrupt();
    try {
      AtomicFile.write(folder.resolve("file"), out -> out.write('x'));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(folder.resolve("file")).hasContent("x");
  }

  @Test
  void aFolderIsUsedOnceAtATime() throws IOException {
    try (WorkFolder first = WorkFolder.open(folder.resolve("work"), "state")) {
      assertThat(first).hasToString(folder.resolve("work").toString());
      assertThatThrownBy(() -> WorkFolder.open(folder.resolve("work"), "state"))
          .isInstanceOf(IOException.class)
          .hasMessage("another run is using it.");
    }
    WorkFolder.open(folder.resolve("work"), "state").close();
  }

  @Test
  void partialFilesOfAKilledProcessAreDeletedAndNoOthers() throws IOException {
    for (String name :
        List.of(
            "state-1.0123abcdef.part",
            "state-1.0123abcdef.part.txt",
            "state-1",
            "mine.0123abcdef.part",
            "state-2.xyz.part")) {
      Files.writeString(folder.resolve(name), "x");
    }
    try (WorkFolder opened = WorkFolder.open(folder, "state-\\d")) {
      assertThat(files())
          .containsExactly(
              "lock",
              "mine.0123abcdef.part",
              "state-1",
              "state-1.0123abcdef.part.txt",
              "state-2.xyz.part");
      assertThat(opened.files("state-\\d")).containsExactly(folder.resolve("state-1"));
    }
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> WorkFolder.open(file, "state"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }
}
