package verydeep.data;

import java.io.IOException;
import java.io.UncheckedIOException;
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

  private static final List<String> XML = List.of(".xml", ".XML");

  private VocTree() {}

  static void read(Path root, String set, BoxCollection boxes) {
    ImageFolder images = new ImageFolder(root.resolve("JPEGImages"));
    for (String name : names(root, set)) {
      boxes.add(() -> VocXml.read(annotation(root, name), images.find(name)));
    }
  }

  static void readFolder(Path images, Path annotations, BoxCollection boxes) {
    ImageFolder folder = new ImageFolder(images);
    List<Path> files = annotations(annotations);
    if (files.isEmpty()) {
      throw new VerydeepException("There is no XML file in " + annotations + ".");
    }
    for (Path file : files) {
      boxes.add(() -> VocXml.read(file, folder.find(ImageFolder.stem(file))));
    }
  }

  private static List<Path> annotations(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new VerydeepException("There is no folder of annotations " + folder + ".");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(VocTree::isXml).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException("Cannot list " + folder + ": " + e.getMessage() + ".", e);
    }
  }

  static boolean isXml(Path file) {
    return XML.stream().anyMatch(file.getFileName().toString()::endsWith);
  }

  /** Returns the annotation of an image in a VOC tree. */
  static Path annotation(Path root, String name) {
    Path folder = root.resolve("Annotations");
    return XML.stream()
        .map(extension -> folder.resolve(name + extension))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(folder.resolve(name + XML.get(0)));
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
   * Reads the names, one per line; a name, which may contain spaces, may be followed by whether the
   * image shows a class, as in cat_train.txt.
   */
  private static List<String> names(Path root, String set) {
    Path list = folder(root, "Main", set).resolve(set + ".txt");
    List<String> lines = TextFile.lines(list);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String name = name(root, lines.get(i).strip());
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

  /** Returns a line without a mark at its end, unless an image's name ends so. */
  private static String name(Path root, String line) {
    String name = line.replaceFirst("\\s+-?[01]$", "");
    boolean whole = name.equals(line) || !isName(line);
    return whole || !Files.isRegularFile(annotation(root, line)) ? name : line;
  }

  /** Returns whether the name can only refer to a file in the folder that is searched. */
  static boolean isName(String name) {
    return name.matches("[^/\\\\:\\p{Cntrl}]{1,200}") && !name.startsWith(".");
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
}
