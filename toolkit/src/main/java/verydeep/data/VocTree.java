package verydeep.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import verydeep.VerydeepException;

/**
 * The layout of PASCAL VOC: {@code ImageSets/Main/NAME.txt} lists names; {@code Annotations} has an
 * XML file and {@code JPEGImages} an image for each.
 */
final class VocTree {

  private static final List<String> EXTENSIONS = List.of(".jpg", ".jpeg", ".JPEG", ".JPG", ".png");
  private static final long MOST_BYTES = 64 << 20;

  private VocTree() {}

  static BoxedImages read(Path root, String set) {
    List<AnnotatedImage> images = new ArrayList<>();
    List<BoxFlaw> flaws = new ArrayList<>();
    for (String name : names(root, set)) {
      AnnotationReader annotation = VocXml.read(root.resolve("Annotations").resolve(name + ".xml"));
      images.add(annotation.ofStored(find(root.resolve("JPEGImages"), name)));
      flaws.addAll(annotation.flaws());
    }
    List<String> classes = AnnotatedImage.names(images);
    return new BoxedImages(root + ", " + set, classes, images, flaws, List.of());
  }

  /** Returns the folder of a task's sets, which must contain this set. */
  static Path folder(Path root, String task, String set) {
    Path folder = root.resolve("ImageSets").resolve(task);
    if (!isName(set) || !Files.isRegularFile(folder.resolve(set + ".txt"))) {
      throw new VerydeepException(
          "There is no set \"%s\" in %s; %s.".formatted(set, folder, sets(folder)));
    }
    return folder;
  }

  /**
   * Reads the names, one per line; a name may be followed by whether the image shows a class, as in
   * cat_train.txt.
   */
  private static List<String> names(Path root, String set) {
    Path list = folder(root, "Main", set).resolve(set + ".txt");
    List<String> lines = lines(list);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String name = lines.get(i).strip().split("\\s+", 2)[0];
      if (name.isEmpty()) {
        continue;
      }
      if (!isName(name)) {
        throw new UnreadableAnnotationException(
            list, i + 1, "\"" + name + "\" is not a file name.", null);
      }
      names.add(name);
    }
    if (names.isEmpty()) {
      throw new UnreadableAnnotationException(list, 0, "It lists no images.", null);
    }
    return names;
  }

  /** Returns whether the name can only refer to a file in the folder that is searched. */
  static boolean isName(String name) {
    return name.matches("[^/\\\\:\\p{Cntrl}]{1,200}") && !name.startsWith(".");
  }

  /** Reads the lines of a text file, unless it is unreasonably large. */
  static List<String> lines(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UnreadableAnnotationException(
            file,
            0,
            "It has %,d bytes; at most %,d are allowed.".formatted(Files.size(file), MOST_BYTES),
            null);
      }
      return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UnreadableAnnotationException(file, 0, "It cannot be read: " + e + ".", e);
    }
  }

  private static String sets(Path folder) {
    if (!Files.isDirectory(folder)) {
      return "a VOC tree has the folders Annotations, ImageSets and JPEGImages";
    }
    try (Stream<Path> files = Files.list(folder)) {
      return "its sets are "
          + files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".txt"))
              .map(name -> name.substring(0, name.length() - 4))
              .sorted()
              .limit(10)
              .toList()
              .toString();
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException("Cannot list " + folder + ": " + e + ".", e);
    }
  }

  /**
   * Finds the image with this name; if there is none, returns where it should be, which is reported
   * when it is read.
   */
  static Path find(Path folder, String name) {
    for (String extension : EXTENSIONS) {
      Path file = folder.resolve(name + extension);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return folder.resolve(name + EXTENSIONS.get(0));
  }
}
