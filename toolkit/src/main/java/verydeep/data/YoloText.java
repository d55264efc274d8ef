package verydeep.data;

import java.awt.Dimension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import verydeep.VerydeepException;

/**
 * Reads YOLO text labels: one line per object with its class, and its center and size as fractions
 * of the image.
 */
final class YoloText {

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern INDEX = Pattern.compile("(\\d{1,9})(?:\\.0*)?");
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?(\\d{1,9}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][-+]?\\d{1,2})?");
  private static final int NUMBERS = 5;

  private YoloText() {}

  static void read(Path images, Path labels, List<String> classes, BoxCollection boxes) {
    boolean any = false;
    Folder.Content content = Folder.content(images);
    for (Path image : content.images()) {
      Path file = labels.resolve(ImageFolder.stem(image) + ".txt");
      any |= Files.exists(file);
      boxes.add(() -> read(image, file, classes));
    }
    if (!any) {
      throw new VerydeepException(
          "No image in %s has a file of boxes, such as NAME.txt, in %s.".formatted(images, labels));
    }
    boxes.addSkipped(content.skipped().stream().filter(it -> !isText(it.file())).toList());
  }

  /** Returns whether a file beside the images may be that of their boxes or classes. */
  private static boolean isText(Path file) {
    return file.toString().endsWith(".txt");
  }

  private static BoxCollection.Read read(Path image, Path file, List<String> classes) {
    Decoding.Stored stored = Decoding.stored(image);
    Dimension size = new Dimension(stored.seenWidth(), stored.seenHeight());
    AnnotationReader annotation = new AnnotationReader(file, size.width, size.height);
    if (Files.exists(file)) {
      read(file, size, classes, annotation);
    }
    return new BoxCollection.Read(annotation.of(image), annotation.flaws());
  }

  private static void read(
      Path file, Dimension size, List<String> classes, AnnotationReader annotation) {
    List<String> lines = TextFile.lines(file);
    if (lines.size() > AnnotationReader.MOST_OBJECTS) {
      throw new UnreadableAnnotationException(
          file, 0, "It has more than " + AnnotationReader.MOST_OBJECTS + " objects.", null);
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty()) {
        annotation.add(mark(file, i + 1, BLANKS.split(line), size, classes));
      }
    }
  }

  private static AnnotationReader.Drawn mark(
      Path file, int line, String[] words, Dimension size, List<String> classes) {
    if (words.length != NUMBERS) {
      throw new UnreadableAnnotationException(
          file,
          line,
          "The line has %d words; it must have class, center x, center y, width and height."
              .formatted(words.length),
          null);
    }
    Matcher index = INDEX.matcher(words[0]);
    int label = index.matches() ? Integer.parseInt(index.group(1)) : -1;
    if (label < 0 || label >= classes.size()) {
      throw new UnreadableAnnotationException(
          file,
          line,
          "The class is \"%s\"; it must be from 0 to %d.".formatted(words[0], classes.size() - 1),
          null);
    }
    double[] box = new double[NUMBERS];
    for (int k = 1; k < NUMBERS; k++) {
      if (!FRACTION.matcher(words[k]).matches()) {
        throw new UnreadableAnnotationException(
            file, line, "\"" + words[k] + "\" is not a fraction of the image.", null);
      }
      box[k] = Double.parseDouble(words[k]);
    }
    return new AnnotationReader.Drawn(
        line,
        classes.get(label),
        (box[1] - box[3] / 2) * size.width,
        (box[2] - box[4] / 2) * size.height,
        (box[1] + box[3] / 2) * size.width,
        (box[2] + box[4] / 2) * size.height,
        false,
        false,
        "");
  }
}
