package verydeep.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;

/**
 * ILSVRC-2012: the thousand classes that the paper's networks distinguish, and the validation set
 * as distributed.
 *
 * <p>Beware: two orders of the classes are in use. Networks (Caffe's, torchvision's, Keras's)
 * number them by sorted synset, 0 for n01440764, the tench; the devkit's ground truth numbers them
 * differently, 1 for the kit fox. Confusing the two leads to an error of 99.9%. Here every label is
 * an index into {@link #classes()}, which is in the networks' order.
 */
public final class Ilsvrc {

  private static final List<String> WNIDS = new ArrayList<>();
  private static final List<String> CLASSES = new ArrayList<>();
  private static final Map<String, Integer> BY_WNID = new HashMap<>();

  static {
    read();
  }

  private Ilsvrc() {}

  private static void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Ilsvrc.class.getResourceAsStream("ilsvrc-2012.txt"), StandardCharsets.UTF_8))) {
      for (String line : lines.lines().toList()) {
        int blank = line.indexOf(' ');
        String wnid = line.substring(0, blank);
        String words = line.substring(blank + 1);
        BY_WNID.put(wnid, WNIDS.size());
        WNIDS.add(wnid);
        CLASSES.add(CLASSES.contains(words) ? words + " (" + wnid + ")" : words); // two cranes
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the names of the classes in WordNet, each with its synonyms, in the networks' order.
   *
   * @return 1000 different names; the second crane, the machine, is followed by its synset
   */
  public static List<String> classes() {
    return List.copyOf(CLASSES);
  }

  /**
   * Returns the synsets of the classes, sorted.
   *
   * @return 1000 identifiers, the first of them {@code n01440764}
   */
  public static List<String> wnids() {
    return List.copyOf(WNIDS);
  }

  /**
   * Reads the validation set as distributed: a flat folder of images named {@code
   * ILSVRC2012_val_00000001.JPEG} and so on, and their classes. Images missing from the folder are
   * left out.
   *
   * @param images the folder
   * @param truth one of: the devkit's folder {@code ILSVRC2012_devkit_t12}, which holds the ground
   *     truth and the meaning of its numbers; a text file of lines such as {@code
   *     ILSVRC2012_val_00000001.JPEG 65}, as Caffe uses, numbered in the networks' order from 0;
   *     one of lines such as {@code ILSVRC2012_val_00000001.JPEG n01751748}; one with one synset
   *     per line; or Kaggle's {@code LOC_val_solution.csv}
   * @return the images, sorted by name, with all 1000 classes
   * @throws VerydeepException if something is missing or malformed, or the ground truth's numbers
   *     come without the devkit that says what they mean
   */
  public static Images validation(Path images, Path truth) {
    GroundTruth labels = GroundTruth.read(truth);
    Folder.Content content = Folder.content(images);
    List<Path> known = new ArrayList<>();
    List<Integer> theirs = new ArrayList<>();
    for (Path file : content.images()) {
      known.add(file);
      theirs.add(labels.of(file));
    }
    if (known.isEmpty()) {
      throw new VerydeepException("There are no images in " + images + ".");
    }
    return new Images(
        images.toString(),
        CLASSES,
        known,
        theirs.stream().mapToInt(Integer::intValue).toArray(),
        content.skipped());
  }

  /**
   * Reads the validation set as distributed.
   *
   * @param images the folder
   * @param truth the devkit's folder, or a text file; see {@link #validation(Path, Path)}
   * @return the images
   */
  public static Images validation(String images, String truth) {
    return validation(Path.of(images), Path.of(truth));
  }

  /**
   * Reads images sorted into folders named by synset, {@code n01440764} and so on, as the training
   * set is, and often the validation set.
   *
   * @param folder contains one folder for each class, or for some of them
   * @return the images, with all 1000 classes
   * @throws VerydeepException if a folder is not named after a synset of ILSVRC-2012, or none has
   *     images
   */
  public static Images folders(Path folder) {
    if (isFlat(folder)) {
      throw new VerydeepException(
          folder
              + " has images but no folders, so their classes are unknown. Use validation(images,"
              + " truth).");
    }
    Images found = Images.folder(folder);
    int[] labels = found.classes().stream().mapToInt(wnid -> index(wnid, folder)).toArray();
    int[] all = new int[found.size()];
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      all[i] = labels[found.label(i)];
      files.add(found.file(i));
    }
    return new Images(folder.toString(), CLASSES, files, all, found.skipped());
  }

  /**
   * Reads images sorted into folders named by synset.
   *
   * @param folder as in {@link #folders(Path)}
   * @return the images
   */
  public static Images folders(String folder) {
    return folders(Path.of(folder));
  }

  /**
   * Returns the classes of images of the validation set by their names, wherever they are.
   *
   * <pre>{@code
   * var names = List.of("val/ILSVRC2012_val_00000001.JPEG");
   * var truth = Files.writeString(Path.of("truth.txt"), "ILSVRC2012_val_00000001.JPEG 65");
   * println(Ilsvrc.classes().get(Ilsvrc.labels(names, truth)[0]));
   * }</pre>
   *
   * @param names paths or URIs, of which what follows the last slash counts
   * @param truth as in {@link #validation(Path, Path)}
   * @return an index into {@link #classes()} for each, for {@link Images#of(List, List, int[],
   *     ImageBytes)}
   * @throws VerydeepException as {@link #validation(Path, Path)}, or if an image has no entry there
   */
  public static int[] labels(List<String> names, Path truth) {
    GroundTruth labels = GroundTruth.read(truth);
    return names.stream()
        .mapToInt(name -> labels.of(name, name.substring(name.lastIndexOf('/') + 1)))
        .toArray();
  }

  /**
   * Returns the classes of images that lie in folders named by synset.
   *
   * @param names paths or URIs such as {@code train/n01440764/n01440764_36.JPEG}
   * @return an index into {@link #classes()} for each
   * @throws VerydeepException if a name has no folder, or that is no synset of ILSVRC-2012
   */
  public static int[] labels(List<String> names) {
    return names.stream().mapToInt(Ilsvrc::synset).toArray();
  }

  private static int synset(String name) {
    String[] parts = name.split("/", -1);
    Integer index = parts.length < 2 ? null : BY_WNID.get(parts[parts.length - 2]);
    if (index == null) {
      throw new VerydeepException(
          ("The image %s is not in a folder that is named after a synset of ILSVRC-2012, such as"
                  + " n01440764.")
              .formatted(name));
    }
    return index;
  }

  private static boolean isFlat(Path folder) {
    return Files.isDirectory(folder)
        && !Folder.content(folder).images().isEmpty()
        && Folder.hasNoFolder(folder);
  }

  static boolean knows(String wnid) {
    return BY_WNID.containsKey(wnid);
  }

  /** Returns a synset's index in the networks' order. */
  static int index(String wnid, Path where) {
    Integer index = BY_WNID.get(wnid);
    if (index == null) {
      throw new VerydeepException(
          "\"" + wnid + "\" in " + where + " is not a synset of ILSVRC-2012, such as n01440764.");
    }
    return index;
  }
}
