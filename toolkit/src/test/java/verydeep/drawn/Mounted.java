package verydeep.drawn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import verydeep.data.ImageBytes;

/** A folder as another file system has it, whose files are then nowhere else. */
public final class Mounted implements AutoCloseable {

  /** The kinds of file systems. */
  public enum Kind {
    /** A zip, by the JDK. */
    ZIP,
    /** Files in memory whose names are URIs. */
    NAMES
  }

  /** What the names of files in memory begin with. */
  public static final String URI = "hdfs://host:8020/data/tree";

  private final Path root;
  private final FileSystem zip;

  private Mounted(Path root, FileSystem zip) {
    this.root = root;
    this.zip = zip;
  }

  /** Takes a folder away from the disk. */
  public static Mounted of(Kind kind, Path folder) {
    try {
      Map<String, byte[]> files = taken(folder);
      if (kind == Kind.NAMES) {
        return new Mounted(inMemory(files).folder(URI, names(files)), null);
      }
      FileSystem zip =
          FileSystems.newFileSystem(
              folder.resolveSibling(folder.getFileName() + ".zip"), Map.of("create", "true"));
      Path root = zip.getPath("/tree");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = root.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
      return new Mounted(root, zip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> taken(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        Files.delete(file);
      }
    }
    return files;
  }

  private static ImageBytes inMemory(Map<String, byte[]> files) {
    return name -> files.get(name.substring(URI.length() + 1));
  }

  private static List<String> names(Map<String, byte[]> files) {
    return files.keySet().stream().map(name -> URI + "/" + name).toList();
  }

  /** The folder. */
  public Path root() {
    return root;
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
  }
}
