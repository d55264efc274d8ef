package verydeep.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import verydeep.FileException;
import verydeep.VerydeepException;

/** Folders of a job's parts as values that travel: the content of their files by path. */
final class Folders {

  private Folders() {}

  static Path temporary() {
    try {
      return Files.createTempDirectory("verydeep-parts");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the files whose paths are wanted. */
  static Map<String, byte[]> read(Path folder, Predicate<String> wanted) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (wanted.test(name)) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Writes files, each whole or not at all. */
  static void write(Path folder, Map<String, byte[]> files) {
    files.forEach(
        (name, content) -> {
          Path file = folder.resolve(name);
          if (!file.normalize().startsWith(folder.normalize())) {
            throw new VerydeepException("A part has a file outside of its folder: " + name + ".");
          }
          try {
            Files.createDirectories(file.getParent());
            Path half = Files.createTempFile(file.getParent(), ".part", "");
            Files.write(half, content);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
          } catch (IOException e) {
            throw new VerydeepException("The folder " + folder + " cannot be used: " + e, e);
          }
        });
  }

  /** Copies a file. */
  static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new FileException(from, "It cannot be copied: " + e + ".", e);
    }
  }

  /** Deletes a temporary folder, as far as that is possible. */
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path one : deepestFirst) {
        Files.deleteIfExists(one);
      }
    } catch (IOException e) {
      folder.toFile().deleteOnExit(); // what is mapped cannot be deleted on Windows
    }
  }
}
