package verydeep.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import verydeep.VerydeepException;

/** Lists the files of a folder with one subfolder per class, in an order that never changes. */
final class Folder {
  private static final Set<String> EXTENSIONS =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp");

  private Folder() {}

  /** Returns the images of a flat folder, sorted by name. */
  static List<Path> images(Path folder) {
    check(folder);
    try {
      return list(folder, 1).filter(Folder::image).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException(
          "Cannot list " + folder.toAbsolutePath() + ": " + e.getMessage() + ".", e);
    }
  }

  /** Returns the images of a folder at any depth, sorted by their relative paths. */
  static List<Path> allImages(Path folder) {
    check(folder);
    try {
      return list(folder, Integer.MAX_VALUE).filter(Folder::image).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException(
          "Cannot list " + folder.toAbsolutePath() + ": " + e.getMessage() + ".", e);
    }
  }

  static boolean hasNoFolder(Path root) {
    try {
      return list(root, 1).noneMatch(Files::isDirectory);
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException(
          "Cannot list " + root.toAbsolutePath() + ": " + e.getMessage() + ".", e);
    }
  }

  private static void check(Path root) {
    if (!Files.isDirectory(root)) {
      String what = Files.exists(root) ? "is a file, not a folder." : "does not exist.";
      throw new VerydeepException(root.toAbsolutePath() + " " + what);
    }
  }

  static Images open(Path root) {
    check(root);
    try {
      List<Path> folders = list(root, 1).filter(Files::isDirectory).toList();
      if (folders.size() < 2) {
        throw new VerydeepException(
            "A classifier needs at least two classes, one folder per class; %s has %s."
                .formatted(root.toAbsolutePath(), folders.isEmpty() ? "none" : "one: " + folders));
      }
      List<String> classes = new ArrayList<>();
      List<Path> files = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      for (Path folder : folders) {
        List<Path> images = list(folder, Integer.MAX_VALUE).filter(Folder::image).toList();
        if (images.isEmpty()) {
          throw new VerydeepException(
              "The class %s has no images: there is no JPEG, PNG, GIF or BMP file in %s."
                  .formatted(folder.getFileName(), folder.toAbsolutePath()));
        }
        images.forEach(image -> labels.add(classes.size()));
        classes.add(folder.getFileName().toString());
        files.addAll(images);
      }
      int[] label = labels.stream().mapToInt(Integer::intValue).toArray();
      return new Images(root.toString(), classes, files, label, List.of());
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException(
          "Cannot list " + root.toAbsolutePath() + ": " + e.getMessage() + ".", e);
    }
  }

  /**
   * Lists what is in a folder and not hidden, sorted by the UTF-16 code units of the relative
   * paths.
   */
  private static Stream<Path> list(Path folder, int depth) throws IOException {
    try (Stream<Path> paths = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return paths
          .filter(path -> !path.equals(folder) && !hidden(folder.relativize(path)))
          .sorted(Comparator.comparing((Path path) -> name(folder.relativize(path))))
          .toList()
          .stream();
    }
  }

  private static String name(Path relative) {
    return relative.toString().replace('\\', '/');
  }

  private static boolean hidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean image(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot > 0 && EXTENSIONS.contains(extension) && !Files.isDirectory(path);
  }
}
