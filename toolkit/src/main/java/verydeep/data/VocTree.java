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
 * The layout of PASCAL VOC: {@code ImageSets/Main/NAME.txt} lists names, {@code Annotations} has an
 * XML file and {@code JPEGImages} an image of each.
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

  /** The folder of a task's sets, in which this set is. */
  static Path folder(Path root, String task, String set) {
    Path folder = root.resolve("ImageSets").resolve(task);
    if (!isName(set) || !Files.isRegularFile(folder.resolve(set + ".txt"))) {
      throw new VerydeepException(
          "no set \"%s\" in %s: it has %s".formatted(set, folder, sets(folder)));
    }
    return folder;
  }

  /** A line an image; behind its name may stand whether it shows a class, as in cat_train.txt. */
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
            list, i + 1, "\"" + name + "\" is no file's name", null);
      }
      names.add(name);
    }
    if (names.isEmpty()) {
      throw new UnreadableAnnotationException(list, 0, "it lists no image", null);
    }
    return names;
  }

  /** Whether it can only mean a file in the folder where it is looked for. */
  static boolean isName(String name) {
    return name.matches("[^/\\\\:\\p{Cntrl}]{1,200}") && !name.startsWith(".");
  }

  /** The lines of a text file that is not unreasonably large. */
  static List<String> lines(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UnreadableAnnotationException(
            file, 0, "%,d bytes, at most %,d".formatted(Files.size(file), MOST_BYTES), null);
      }
      return Files.readString(file, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UnreadableAnnotationException(file, 0, "cannot be read: " + e, e);
    }
  }

  private static String sets(Path folder) {
    if (!Files.isDirectory(folder)) {
      return "no such folder; a VOC tree has Annotations, ImageSets and JPEGImages";
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".txt"))
          .map(name -> name.substring(0, name.length() - 4))
          .sorted()
          .limit(10)
          .toList()
          .toString();
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException("cannot list " + folder + ": " + e, e);
    }
  }

  /** The image of a name; if there is none, where it should be, to be missed when it is read. */
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
