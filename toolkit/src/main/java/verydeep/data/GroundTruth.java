package verydeep.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Source;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;
import verydeep.VerydeepException;

/** The class of each image of ILSVRC's validation set. */
final class GroundTruth {

  private static final Pattern NUMBER = Pattern.compile(".*_val_(\\d{8})\\..*");
  private static final String KAGGLE = "ImageId,PredictionString";
  private static final Pattern KAGGLE_ENTRY = Pattern.compile("([^,]+),(n\\d{8})(?: .*)?");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** The devkit's file takes 2 KB for a thousand classes; nothing comparable is larger. */
  private static final long LARGEST_META = 16 << 20;

  private final Path source;
  private final List<Integer> byNumber;
  private final Map<String, Integer> byName;

  private GroundTruth(Path source, List<Integer> byNumber, Map<String, Integer> byName) {
    this.source = source;
    this.byNumber = byNumber;
    this.byName = byName;
  }

  /** Reads the devkit's folder, or a text file. */
  static GroundTruth read(Path truth) {
    return Files.isDirectory(truth) ? devkit(truth) : text(truth);
  }

  /**
   * Reads the devkit: a file with one number per line, and the .mat file that says what they mean.
   */
  static GroundTruth devkit(Path devkit) {
    Path data = Files.isDirectory(devkit.resolve("data")) ? devkit.resolve("data") : devkit;
    Path numbers = data.resolve("ILSVRC2012_validation_ground_truth.txt");
    Path meta = data.resolve("meta.mat");
    for (Path file : List.of(numbers, meta)) {
      if (!Files.isRegularFile(file)) {
        throw new VerydeepException(
            "The devkit in " + devkit + " lacks " + file.getFileName() + ".");
      }
    }
    Map<Integer, Integer> meanings = meanings(meta);
    List<Integer> labels =
        lines(numbers).stream()
            .map(
                line -> {
                  Integer label = meanings.get(number(line, numbers));
                  if (label == null) {
                    throw new VerydeepException(
                        "%s has a class %s, which is not in %s."
                            .formatted(numbers, line, meta.getFileName()));
                  }
                  return label;
                })
            .toList();
    return new GroundTruth(numbers, labels, null);
  }

  /** Maps each of the devkit's numbers to the class in the networks' order. */
  private static Map<Integer, Integer> meanings(Path meta) {
    Map<Integer, Integer> meanings = new HashMap<>();
    try {
      Source bytes = Sources.wrap(TextFile.bytes(meta, LARGEST_META));
      Struct synsets = Mat5.newReader(bytes).readMat().getStruct("synsets");
      for (int i = 0; i < synsets.getNumElements(); i++) {
        int id = synsets.getMatrix("ILSVRC2012_ID", i).getInt(0);
        boolean isClass = synsets.getMatrix("num_children", i).getInt(0) == 0;
        if (isClass) { // the others are groups of classes
          meanings.put(id, Ilsvrc.index(synsets.getChar("WNID", i).getString(), meta));
        }
      }
    } catch (VerydeepException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new VerydeepException(
          "%s is not a devkit's list of synsets: %s.".formatted(meta, e), e);
    }
    return meanings;
  }

  /** Reads a text file with one file and its class per line, or one synset per line. */
  static GroundTruth text(Path file) {
    List<String> lines = lines(file);
    if (lines.isEmpty()) {
      throw new VerydeepException("The ground truth " + file + " is empty.");
    }
    if (lines.get(0).matches("\\d+")) {
      throw new VerydeepException(
          "The numbers in "
              + file
              + " are the devkit's, which orders the classes differently from the networks. Pass"
              + " the folder of the devkit, whose meta.mat says what they mean, or a text file that"
              + " names the synset of each image.");
    }
    if (lines.get(0).matches("n\\d{8}")) {
      return new GroundTruth(
          file, lines.stream().map(line -> Ilsvrc.index(line, file)).toList(), null);
    }
    if (lines.get(0).equals(KAGGLE)) {
      return new GroundTruth(file, null, kaggle(lines.subList(1, lines.size()), file));
    }
    if (lines.get(0).matches("n\\d{8} .*")) {
      throw new VerydeepException(
          file
              + " names the classes of ILSVRC, not those of its images. Kaggle's are in"
              + " LOC_val_solution.csv.");
    }
    Map<String, Integer> byName = new HashMap<>();
    for (String line : lines) {
      String[] words = BLANKS.split(line, -1);
      if (words.length != 2) {
        throw new VerydeepException(
            "%s has a line \"%s\"; a line must be a file and its class.".formatted(file, line));
      }
      byName.put(
          words[0].substring(words[0].lastIndexOf('/') + 1),
          words[1].startsWith("n") ? Ilsvrc.index(words[1], file) : classNumber(words[1], file));
    }
    return new GroundTruth(file, null, byName);
  }

  /** Reads lines such as {@code ILSVRC2012_val_00048981,n03995372 85 1 499 272}. */
  private static Map<String, Integer> kaggle(List<String> lines, Path file) {
    Map<String, Integer> byName = new HashMap<>();
    for (String line : lines) {
      Matcher entry = KAGGLE_ENTRY.matcher(line);
      if (!entry.matches()) {
        throw new VerydeepException(
            "%s has a line \"%s\"; a line must be an image, a comma, and its synset and boxes."
                .formatted(file, line));
      }
      byName.put(entry.group(1), Ilsvrc.index(entry.group(2), file));
    }
    return byName;
  }

  private static int classNumber(String text, Path file) {
    int number = number(text, file);
    if (number < 0 || number >= Ilsvrc.wnids().size()) {
      throw new VerydeepException(
          "%s has a class %s; classes go from 0 to 999.".formatted(file, text));
    }
    return number;
  }

  private static int number(String text, Path file) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new VerydeepException(
          "%s has \"%s\" where a number is expected.".formatted(file, text), e);
    }
  }

  private static List<String> lines(Path file) {
    return TextFile.lines(file).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  /** Returns the class of an image. */
  int of(Path image) {
    return of(image.toString(), image.getFileName().toString());
  }

  /**
   * Returns the class of an image.
   *
   * @param image what messages call it
   * @param name its file's name
   */
  int of(String image, String name) {
    if (byName != null) {
      Integer label = byName.getOrDefault(name, byName.get(ImageFolder.stem(name)));
      if (label == null) {
        throw new VerydeepException("%s has no entry for %s.".formatted(source, image));
      }
      return label;
    }
    Matcher number = NUMBER.matcher(name);
    if (!number.matches()) {
      throw new VerydeepException(
          "%s is not named like ILSVRC2012_val_00000001.JPEG, so %s cannot tell its class."
              .formatted(image, source));
    }
    int line = Integer.parseInt(number.group(1));
    if (line < 1 || line > byNumber.size()) {
      throw new VerydeepException(
          "%s has no entry for %s; it has %d lines.".formatted(source, image, byNumber.size()));
    }
    return byNumber.get(line - 1);
  }
}
