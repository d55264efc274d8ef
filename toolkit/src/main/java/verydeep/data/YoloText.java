package verydeep.data;

import java.awt.Dimension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import verydeep.VerydeepException;

/**
 * Reads YOLO text labels: one line per object with its class, and its center and size as fractions
 * of the image.
 */
final class YoloText {

  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern INDEX = Pattern.compile("\\d{1,9}");
  private static final Pattern FRACTION =
      Pattern.compile("-?(\\d{1,9}(\\.\\d{0,30})?|\\.\\d{1,30})(e[-+]?\\d{1,2})?");
  private static final int NUMBERS = 5;

  private YoloText() {}

  static BoxedImages read(Path images, Path labels, List<String> classes) {
    List<AnnotatedImage> annotated = new ArrayList<>();
    List<BoxFlaw> flaws = new ArrayList<>();
    boolean any = false;
    for (Path image : Folder.images(images)) {
      String name = image.getFileName().toString();
      Path file = labels.resolve(name.substring(0, name.lastIndexOf('.')) + ".txt");
      Decoding.Stored stored = Decoding.stored(image);
      Dimension size = new Dimension(stored.seenWidth(), stored.seenHeight());
      AnnotationReader annotation = new AnnotationReader(file, size.width, size.height);
      if (Files.exists(file)) {
        any = true;
        read(file, size, classes, annotation);
      }
      annotated.add(annotation.of(image));
      flaws.addAll(annotation.flaws());
    }
    if (!any) {
      throw new VerydeepException(
          "No image in %s has a file of boxes, such as NAME.txt, in %s.".formatted(images, labels));
    }
    return new BoxedImages(images.toString(), classes, annotated, flaws, List.of());
  }

  private static void read(
      Path file, Dimension size, List<String> classes, AnnotationReader annotation) {
    List<String> lines = VocTree.lines(file);
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
    int label = INDEX.matcher(words[0]).matches() ? Integer.parseInt(words[0]) : -1;
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
