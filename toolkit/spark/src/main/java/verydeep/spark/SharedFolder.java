package verydeep.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import verydeep.VerydeepException;

/** A folder of any of Hadoop's file systems, as the driver sees it. */
final class SharedFolder {

  private final Path folder;

  SharedFolder(String folder) {
    this.folder = new Path(folder);
  }

  /** {@return the same for every machine, also if it was a relative path} */
  String uri() {
    return call(files -> files.makeQualified(folder).toString());
  }

  /** {@return the names of what is in it, by one listing: asking for each would take a request} */
  Set<String> names() {
    return call(
        files ->
            files.exists(folder)
                ? Stream.of(files.listStatus(folder))
                    .map(found -> found.getPath().getName())
                    .collect(Collectors.toSet())
                : Set.of());
  }

  void delete(String name) {
    call(files -> files.delete(new Path(folder, name), false));
  }

  Optional<byte[]> read(String name) {
    return call(
        files -> {
          Path file = new Path(folder, name);
          if (!files.exists(file)) {
            return Optional.empty();
          }
          try (InputStream in = files.open(file)) {
            return Optional.of(in.readAllBytes());
          }
        });
  }

  Optional<String> text(String name) {
    return read(name).map(content -> new String(content, StandardCharsets.UTF_8));
  }

  void write(String name, String text) {
    write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file under a hidden name beside it first, unless it is there with this content: a
   * driver that dies leaves it whole or not there.
   */
  void write(String name, byte[] content) {
    if (read(name).filter(there -> Arrays.equals(there, content)).isPresent()) {
      return;
    }
    Path file = new Path(folder, name);
    Path half = new Path(file.getParent(), "_half-" + UUID.randomUUID());
    call(
        files -> {
          try (OutputStream to = files.create(half, true)) {
            to.write(content);
          }
          replace(files, half, file);
          return null;
        });
  }

  /** Gives a file another name, in place of one that has it. */
  void rename(String from, String to) {
    call(
        files -> {
          replace(files, new Path(folder, from), new Path(folder, to));
          return null;
        });
  }

  /**
   * Renames a file; Hadoop's own renaming refuses a name that is taken. HDFS wants the folder to be
   * there; S3 copies the file.
   */
  static void replace(FileSystem files, Path from, Path to) throws IOException {
    files.delete(to, false);
    if (!files.rename(from, to)) {
      throw new IOException("%s cannot be renamed to %s".formatted(from, to.getName()));
    }
  }

  /** What is done with the file system. */
  private interface Work<T> {
    T in(FileSystem files) throws IOException;
  }

  private <T> T call(Work<T> work) {
    try {
      return work.in(HadoopFiles.of(folder));
    } catch (IOException e) {
      throw new VerydeepException("The folder " + folder + " cannot be used: " + e, e);
    }
  }
}
