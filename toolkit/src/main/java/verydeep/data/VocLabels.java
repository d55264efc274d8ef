package verydeep.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import verydeep.VerydeepException;

/**
 * PASCAL VOC's label files: {@code SET.txt} lists examples, and {@code CLASS_SET.txt} lists the
 * same ones with 1, 0 or -1 after each. An example is an image's name, for actions with the index
 * of a person in the image's annotation.
 */
final class VocLabels {

  private static final int MOST_CLASSES = 10_000;

  private final Path folder;
  private final String set;
  private final boolean objects;

  /**
   * Creates the label files of a set.
   *
   * @param folder the folder, such as {@code ImageSets/Main}
   * @param set the name of the set, such as {@code trainval}
   * @param objects whether each line has an object's index after the image's name
   */
  VocLabels(Path folder, String set, boolean objects) {
    this.folder = folder;
    this.set = set;
    this.objects = objects;
  }

  /**
   * A line of a file.
   *
   * @param line its number, from 1
   * @param name the name of the image
   * @param object its position in the annotation, from 1; 0 for the whole image
   * @param mark 1, 0 or -1; null in a list without marks
   */
  record Entry(int line, String name, int object, MultiLabelImages.Presence mark) {

    boolean isSameAs(Entry other) {
      return name.equals(other.name) && object == other.object;
    }

    @Override
    public String toString() {
      return object == 0 ? name : name + " " + object;
    }
  }

  Path list() {
    return folder.resolve(set + ".txt");
  }

  /** Returns the examples, each once. */
  List<Entry> examples() {
    List<Entry> examples = entries(list(), false);
    Set<String> met = new HashSet<>();
    for (Entry entry : examples) {
      if (!met.add(entry.toString())) {
        throw error(list(), entry.line(), "\"" + entry + "\" is listed twice.");
      }
    }
    return examples;
  }

  /** Returns the classes that have a file for this set, in alphabetical order, which is VOC's. */
  List<String> classes() {
    String end = "_" + set + ".txt";
    try (Stream<Path> files = Files.list(folder)) {
      List<String> classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(end) && name.length() > end.length())
              .map(name -> name.substring(0, name.length() - end.length()))
              .sorted()
              .limit(MOST_CLASSES)
              .toList();
      if (classes.isEmpty()) {
        throw new VerydeepException(
            "%s has no label file CLASS%s. Those of VOC 2012's test set were never published."
                .formatted(folder, end));
      }
      return classes;
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException("Cannot list " + folder + ": " + e + ".", e);
    }
  }

  /** Returns the marks in a class's file, which must list the examples in the same order. */
  List<MultiLabelImages.Presence> marks(String name, List<Entry> examples) {
    Path file = folder.resolve(name + "_" + set + ".txt");
    List<Entry> entries = entries(file, true);
    for (int i = 0; i < Math.min(entries.size(), examples.size()); i++) {
      if (!entries.get(i).isSameAs(examples.get(i))) {
        throw error(
            file,
            entries.get(i).line(),
            "The line is about \"%s\", where %s.txt has \"%s\"."
                .formatted(entries.get(i), set, examples.get(i)));
      }
    }
    if (entries.size() != examples.size()) {
      throw error(
          file,
          0,
          "It has %d labels for the %d examples of %s.txt."
              .formatted(entries.size(), examples.size(), set));
    }
    return entries.stream().map(Entry::mark).toList();
  }

  private List<Entry> entries(Path file, boolean marked) {
    List<String> lines = TextFile.lines(file);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        entries.add(entry(file, i + 1, lines.get(i).strip().split("\\s+"), marked));
      }
    }
    if (entries.isEmpty()) {
      throw error(file, 0, "It lists no images.");
    }
    return Collections.unmodifiableList(entries);
  }

  private Entry entry(Path file, int line, String[] words, boolean marked) {
    int wanted = 1 + (objects ? 1 : 0) + (marked ? 1 : 0);
    if (words.length != wanted) {
      String form = "a name" + (objects ? ", an object's index" : "") + (marked ? ", a label" : "");
      throw error(
          file, line, "The line has %d words; it must be %s.".formatted(words.length, form));
    }
    if (!VocTree.isName(words[0])) {
      throw error(file, line, "\"" + words[0] + "\" is not a file name.");
    }
    int object = 0;
    if (objects) {
      if (!words[1].matches("[1-9]\\d{0,5}")) {
        throw error(file, line, "The object's index is \"" + words[1] + "\"; indices start at 1.");
      }
      object = Integer.parseInt(words[1]);
    }
    return new Entry(line, words[0], object, marked ? mark(file, line, words[wanted - 1]) : null);
  }

  private static MultiLabelImages.Presence mark(Path file, int line, String word) {
    return switch (word) {
      case "1", "+1" -> MultiLabelImages.Presence.SHOWN;
      case "0" -> MultiLabelImages.Presence.DIFFICULT;
      case "-1" -> MultiLabelImages.Presence.ABSENT;
      default -> throw error(file, line, "The label is \"" + word + "\"; it must be 1, 0 or -1.");
    };
  }

  static UnreadableAnnotationException error(Path file, int line, String reason) {
    return new UnreadableAnnotationException(file, line, reason, null);
  }
}
