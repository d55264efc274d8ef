package verydeep.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import verydeep.VerydeepException;

/** A flat folder in which images are looked up by their names without extensions. */
final class ImageFolder {

  private static final List<String> USUAL = List.of(".jpg", ".JPEG", ".png");

  private final Path folder;

  /** The files by name, once a file without one of the usual extensions was looked up. */
  private Map<String, Path> byName;

  ImageFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Finds the image with this name, whatever its extension; if there is none, returns where it
   * should be, which is reported when it is read.
   */
  Path find(String name) {
    for (String extension : USUAL) {
      Path file = folder.resolve(name + extension);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    if (byName == null) {
      byName = listed();
    }
    return byName.getOrDefault(name, folder.resolve(name + USUAL.get(0)));
  }

  private Map<String, Path> listed() {
    Map<String, Path> byName = new HashMap<>();
    if (!Files.isDirectory(folder)) {
      return byName;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(ImageFolder::mayBeImage)
          .sorted()
          .forEach(it -> byName.putIfAbsent(stem(it), it));
      return byName;
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException("Cannot list " + folder + ": " + e.getMessage() + ".", e);
    }
  }

  private static boolean mayBeImage(Path file) {
    return Files.isRegularFile(file)
        && (Folder.hasExtension(file) || Folder.whyNot(file).isEmpty());
  }

  /** Returns a file's name without its extension. */
  static String stem(Path file) {
    return stem(file.getFileName().toString());
  }

  /** Returns the name of a file without its extension. */
  static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 1 ? name : name.substring(0, dot);
  }
}
