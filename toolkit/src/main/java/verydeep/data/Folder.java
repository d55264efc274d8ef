package verydeep.data;

import java.io.IOException;
import java.io.InputStream;
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
  /** Files with these extensions are taken for images without opening a million of them. */
  private static final Set<String> EXTENSIONS =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "webp", "tif", "tiff", "ppm", "pgm",
          "pbm", "pnm");

  /** What the parts of a data set are called. */
  private static final Set<String> SPLITS =
      Set.of(
          "train", "training", "trainval", "val", "valid", "validation", "dev", "test", "testing");

  /** A class's message names no more files than this. */
  private static final int NAMED = 3;

  private Folder() {}

  /**
   * What a folder holds.
   *
   * @param images its images, sorted by name
   * @param skipped its other files, and what they are
   */
  record Content(List<Path> images, List<Skipped> skipped) {

    static Content of(Stream<Path> files) {
      List<Path> images = new ArrayList<>();
      List<Skipped> skipped = new ArrayList<>();
      files.forEach(
          file -> {
            String reason = hasExtension(file) ? "" : whyNot(file);
            if (reason.isEmpty()) {
              images.add(file);
            } else {
              skipped.add(new Skipped(file, reason));
            }
          });
      return new Content(images, skipped);
    }
  }

  /** Returns what a flat folder holds. */
  static Content content(Path folder) {
    return content(folder, 1);
  }

  /** Returns what a folder holds at any depth. */
  static Content allContent(Path folder) {
    return content(folder, Integer.MAX_VALUE);
  }

  private static Content content(Path folder, int depth) {
    check(folder);
    try {
      return Content.of(list(folder, depth).filter(Files::isRegularFile));
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
      refuseSplits(root, folders);
      List<String> classes = new ArrayList<>();
      List<Path> files = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      List<Skipped> skipped = new ArrayList<>();
      for (Path folder : folders) {
        Content content =
            Content.of(list(folder, Integer.MAX_VALUE).filter(file -> !Files.isDirectory(file)));
        if (content.images().isEmpty()) {
          throw noImages(folder, content.skipped());
        }
        content.images().forEach(image -> labels.add(classes.size()));
        classes.add(folder.getFileName().toString());
        files.addAll(content.images());
        skipped.addAll(content.skipped());
      }
      int[] label = labels.stream().mapToInt(Integer::intValue).toArray();
      return new Images(root.toString(), classes, files, label, skipped);
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException(
          "Cannot list " + root.toAbsolutePath() + ": " + e.getMessage() + ".", e);
    }
  }

  /** Folders named as the parts of a data set, with folders in them, are not classes. */
  private static void refuseSplits(Path root, List<Path> folders) {
    List<String> names = folders.stream().map(folder -> folder.getFileName().toString()).toList();
    if (names.stream().allMatch(name -> SPLITS.contains(name.toLowerCase(Locale.ROOT)))
        && !folders.stream().allMatch(Folder::hasNoFolder)) {
      throw new VerydeepException(
          "The folders in %s are called %s, which look like splits of the data and not like classes. Read each alone, such as Images.folder(\"%s\")."
              .formatted(root.toAbsolutePath(), String.join(" and ", names), name(folders.get(0))));
    }
  }

  /**
   * Lists what is in a folder and not hidden, sorted by the UTF-16 code units of the relative
   * paths.
   */
  private static Stream<Path> list(Path folder, int depth) throws IOException {
    try (Stream<Path> paths = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return paths
          .filter(path -> !path.equals(folder))
          .map(path -> new Inside(path, folder.relativize(path)))
          .filter(inside -> !hidden(inside.relative()))
          .sorted(Comparator.comparing(Inside::name))
          .map(Inside::path)
          .toList()
          .stream();
    }
  }

  /** A file in a folder; sorting compares its name many times, so that is kept. */
  private record Inside(Path path, Path relative, String name) {

    Inside(Path path, Path relative) {
      this(path, relative, Folder.name(relative));
    }
  }

  private static String name(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static boolean hidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static VerydeepException noImages(Path folder, List<Skipped> skipped) {
    StringBuilder message = new StringBuilder("The class ");
    message.append(folder.getFileName()).append(" has no images: there is no JPEG, PNG, GIF, BMP,");
    message.append(" WebP, TIFF or PNM file in ").append(folder.toAbsolutePath()).append('.');
    for (Skipped file : skipped.subList(0, Math.min(NAMED, skipped.size()))) {
      message.append(' ').append(file.file().getFileName()).append(": ").append(file.reason());
    }
    return new VerydeepException(message.toString());
  }

  static boolean hasExtension(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** Returns why a file with another extension is not an image; empty if it is one. */
  static String whyNot(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      ImageFormat.of(in.readNBytes(ImageFormat.MAGIC));
      return "";
    } catch (IOException e) {
      return FileContent.reason(e);
    }
  }
}
