package verydeep.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import verydeep.VerydeepException;
import verydeep.internal.images.RandomStreams;

/**
 * Labeled images: files, or names and a {@link ImageBytes source}, and the class of each.
 * Immutable; an image is decoded each time it is requested. A file that cannot be read is an error
 * when it is reached, unless {@link #skippingUnreadable()} has left it out.
 */
public final class Images {
  private static final String BY_NAME = "a source of images by name";

  private final String source;
  private final List<String> classes;
  private final List<Path> files;
  private final int[] labels;
  private final List<Skipped> skipped;

  /** The box to which each image is cropped; empty for whole images. */
  private final List<BoundingBox> boxes;

  /** The annotation of each file, whose size is then checked; empty if there are none. */
  private final List<AnnotatedImage> annotated;

  Images(
      String source, List<String> classes, List<Path> files, int[] labels, List<Skipped> skipped) {
    this(source, classes, files, labels, skipped, List.of(), List.of());
  }

  Images(
      String source,
      List<String> classes,
      List<Path> files,
      int[] labels,
      List<Skipped> skipped,
      List<BoundingBox> boxes,
      List<AnnotatedImage> annotated) {
    this.source = source;
    this.classes = List.copyOf(classes);
    this.files = List.copyOf(files);
    this.labels = labels.clone();
    this.skipped = List.copyOf(skipped);
    this.boxes = List.copyOf(boxes);
    this.annotated = List.copyOf(annotated);
  }

  /**
   * Reads a folder of images.
   *
   * @param folder a folder with one subfolder per class
   * @return its images
   * @see #folder(Path)
   */
  public static Images folder(String folder) {
    return folder(Path.of(folder));
  }

  /**
   * Reads a folder of images with one subfolder per class, each searched to any depth. Classes and
   * files are sorted by the code units of their names, regardless of locale and file system. Hidden
   * files are ignored. Files with an extension that JPEG, PNG, GIF, BMP, WebP, TIFF or PNM images
   * have, in lower or upper case, are taken for images; of all others the first bytes tell, and
   * those that are no such image are left out and listed in {@link #skipped()}.
   *
   * @param folder a folder with one subfolder per class
   * @return its images
   * @throws VerydeepException if it is missing, has fewer than two classes, a class has no images,
   *     or the folders are splits such as {@code train} and {@code val}
   */
  public static Images folder(Path folder) {
    return Folder.open(folder);
  }

  /**
   * Creates a set of images whose content comes by name, and not from files.
   *
   * @param classes the names of the classes, all different
   * @param names one name per image, whatever the source understands; the part behind the last
   *     slash is what {@link #fingerprint()} sees
   * @param labels one index into the classes per image
   * @param source gives the content of each image; nothing is read before an image is requested
   * @return the images
   * @throws VerydeepException if there are not as many labels as names, a label is out of range, or
   *     a class is named twice
   */
  public static Images of(
      List<String> classes, List<String> names, int[] labels, ImageBytes source) {
    if (labels.length != names.size()) {
      throw new VerydeepException(
          "There are %d labels for %d names; one per image is needed."
              .formatted(labels.length, names.size()));
    }
    ClassNames.different(classes);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes.size()) {
        throw new VerydeepException(
            "The label of %s is %d; it must be an index into the %d classes."
                .formatted(names.get(i), labels[i], classes.size()));
      }
    }
    return new Images(BY_NAME, classes, new NamedFiles(source).files(names), labels, List.of());
  }

  /**
   * Returns the same images, with their content from elsewhere.
   *
   * @param source gives the content of each image by its {@link #name}
   * @return the images, with the same names, classes, labels and boxes
   */
  public Images from(ImageBytes source) {
    List<String> names = files.stream().map(FileContent::name).toList();
    List<Path> there = new NamedFiles(source).files(names);
    return new Images(BY_NAME, classes, there, labels, skipped, boxes, annotated);
  }

  /** {@return the names of the classes; a label is an index into them} */
  public List<String> classes() {
    return classes;
  }

  /** {@return the number of images} */
  public int size() {
    return labels.length;
  }

  /**
   * Returns the class of image i, an index into {@link #classes()}.
   *
   * @param i an index below {@link #size()}
   * @return the index of its class
   */
  public int label(int i) {
    return labels[Objects.checkIndex(i, labels.length)];
  }

  /**
   * Returns the file of image i.
   *
   * @param i an index below {@link #size()}
   * @return its path; of an image that comes from a source, a path whose text is its name, and
   *     which is read from there
   */
  public Path file(int i) {
    return files.get(i);
  }

  /**
   * Returns what messages call image i, and what a source of images is asked for.
   *
   * @param i an index below {@link #size()}
   * @return the name that the image was given, or the path of its file with slashes
   */
  public String name(int i) {
    return FileContent.name(files.get(i));
  }

  /**
   * Reads the content of the file of image i.
   *
   * @param i an index below {@link #size()}
   * @return all of it, still encoded
   * @throws UnreadableImageException if the file is missing or cannot be read
   */
  public byte[] bytes(int i) {
    return ImageContent.of(files.get(i));
  }

  /**
   * Decodes image i.
   *
   * @param i an index below {@link #size()}
   * @return its pixels
   * @throws UnreadableImageException if its file is missing or damaged
   * @throws VerydeepException if the image is one of {@link BoxedImages#images()} and its size is
   *     not the one its boxes were drawn for
   */
  public RgbImage image(int i) {
    RgbImage whole = RgbImage.read(files.get(i));
    String flaw = otherSize(i, whole);
    if (!flaw.isEmpty()) {
      throw new VerydeepException(flaw);
    }
    return cut(i, whole);
  }

  private String otherSize(int i, RgbImage whole) {
    return annotated.isEmpty() ? "" : annotated.get(i).at(files.get(i)).otherSize(whole);
  }

  private RgbImage cut(int i, RgbImage whole) {
    return boxes.isEmpty() ? whole : whole.crop(boxes.get(i));
  }

  /**
   * Returns the box of its file to which image i is cropped, in pixels; empty if the image is the
   * whole file.
   *
   * @param i an index below {@link #size()}
   * @return the box
   */
  public Optional<BoundingBox> box(int i) {
    Objects.checkIndex(i, size());
    return boxes.isEmpty() ? Optional.empty() : Optional.of(boxes.get(i));
  }

  /**
   * Returns the same files, each cropped to a box.
   *
   * @param boxes one per image, in pixels of the whole image; every pixel a box touches is
   *     included, and parts outside the image are cut off
   * @return the same number of images, with the same classes
   * @throws VerydeepException if the number of boxes is not the number of images
   */
  public Images cutOut(List<BoundingBox> boxes) {
    if (boxes.size() != size()) {
      throw new VerydeepException(
          "There are %d boxes for %d images; one per image is needed."
              .formatted(boxes.size(), size()));
    }
    return new Images(source, classes, files, labels, skipped, boxes, annotated);
  }

  /** {@return the number of images of each class} */
  public int[] counts() {
    int[] counts = new int[classes.size()];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /**
   * Splits the images in two, keeping every class's share to the nearest image, and at least one
   * image of each class in both parts. Each part keeps the order of the files.
   *
   * @param trainingFraction the first part's share, between 0 and 1
   * @param seed the same seed gives the same parts
   * @return both parts
   * @throws VerydeepException if the fraction is out of range or a class has fewer than two images
   */
  public Split<Images> split(double trainingFraction, long seed) {
    return new Stratification(this).split(trainingFraction, seed);
  }

  /**
   * Returns a random subset of the images, keeping every class's share, and at least one image of
   * each class.
   *
   * @param n how many, from the number of classes to {@link #size()}
   * @param seed the same seed gives the same images
   * @return the subset, in the order of the files
   * @throws VerydeepException if n is out of range
   */
  public Images take(int n, long seed) {
    return new Stratification(this).take(n, seed);
  }

  /**
   * Returns a random subset of the images, regardless of class, in their original order.
   *
   * @param n how many; all of them if there are fewer
   * @param seed the same seed gives the same images
   * @return the subset, with the same classes
   * @throws VerydeepException if n is below 1
   */
  public Images some(int n, long seed) {
    return subset(RandomStreams.some(size(), n, seed));
  }

  /**
   * Returns the images with these indices, in this order, with the same classes.
   *
   * @param indices each below {@link #size()}
   * @return these images
   */
  public Images subset(int... indices) {
    int[] theirs = Arrays.stream(indices).map(this::label).toArray();
    List<Path> some = at(files, indices);
    return new Images(
        source, classes, some, theirs, skipped, at(boxes, indices), at(annotated, indices));
  }

  /** Returns these entries of a list; none of a list that is empty because there is nothing. */
  private static <T> List<T> at(List<T> all, int[] indices) {
    return all.isEmpty() ? all : Arrays.stream(indices).mapToObj(all::get).toList();
  }

  /**
   * Decodes every image once, in parallel, and leaves out those that cannot be read, and those of
   * {@link BoxedImages#images()} whose size is not the one their boxes were drawn for.
   *
   * @return the remaining images; {@link #skipped()} lists those left out
   * @throws VerydeepException if no image of a class remains
   */
  public Images skippingUnreadable() {
    List<Skipped> checked = IntStream.range(0, size()).parallel().mapToObj(this::check).toList();
    int[] good =
        IntStream.range(0, size()).filter(i -> checked.get(i).reason().isEmpty()).toArray();
    List<Skipped> all = new ArrayList<>(skipped);
    checked.stream().filter(one -> !one.reason().isEmpty()).forEach(all::add);
    Images rest = subset(good);
    int[] before = counts();
    int[] after = rest.counts();
    for (int label = 0; label < after.length; label++) {
      if (before[label] > 0 && after[label] == 0) {
        throw new VerydeepException(
            "The class %s has no readable image; all %d were skipped in %s."
                .formatted(classes.get(label), before[label], source));
      }
    }
    return new Images(source, classes, rest.files, rest.labels, all, rest.boxes, rest.annotated);
  }

  private Skipped check(int i) {
    try {
      RgbImage whole = RgbImage.read(files.get(i));
      String flaw = otherSize(i, whole);
      if (flaw.isEmpty()) {
        cut(i, whole);
      }
      return new Skipped(file(i), flaw);
    } catch (UnreadableImageException e) {
      return new Skipped(file(i), e.reason());
    }
  }

  /**
   * {@return the files left out, and why: those that a folder holds beside its images, and those
   * that {@link #skippingUnreadable()} found}
   */
  public List<Skipped> skipped() {
    return skipped;
  }

  /**
   * Returns an identifier of these images that does not depend on their location: how many there
   * are, and a CRC-32 over the names of files and classes, in order. It does not cover the files'
   * contents.
   *
   * @return the identifier, a few words
   */
  public String fingerprint() {
    Stream<String> lines =
        IntStream.range(0, size())
            .mapToObj(
                k ->
                    lastName(k)
                        + "\t"
                        + classes.get(label(k))
                        + box(k).map(box -> "\t" + box).orElse(""));
    return SetText.fingerprint(size(), classes.size(), lines);
  }

  private String lastName(int i) {
    String name = name(i);
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /**
   * Returns what progress lines say besides how far they are.
   *
   * @return such as {@code , 3 files left out}; empty if none was
   */
  public String leftOut() {
    return Skipped.counted(skipped);
  }

  /** Returns where the images come from, for messages. */
  String source() {
    return source;
  }

  @Override
  public String toString() {
    String left = skipped.isEmpty() ? "" : ", " + skipped.size() + " skipped";
    String head = "%d images of %d classes%s in ".formatted(size(), classes.size(), left);
    return SetText.headline(head, source);
  }
}
