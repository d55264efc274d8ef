package verydeep.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import verydeep.VerydeepException;
import verydeep.internal.images.RandomStreams;

/**
 * Images with boxes around the objects in them. Immutable; an image is decoded each time it is
 * requested. A box that cannot be used as it is never goes unreported: {@link #flaws()} lists it.
 *
 * <pre>{@code
 * var cells = BoxedImages.voc("datasets/bccd", "trainval");
 * println(cells.annotated(0).boxes("WBC"));
 * }</pre>
 */
public final class BoxedImages {
  private final String source;
  private final List<String> classes;
  private final List<AnnotatedImage> images;
  private final List<AnnotatedImage.Flaw> flaws;
  private final List<Skipped> skipped;

  BoxedImages(
      String source,
      List<String> classes,
      List<AnnotatedImage> images,
      List<AnnotatedImage.Flaw> flaws,
      List<Skipped> skipped) {
    this.source = source;
    this.classes = List.copyOf(classes);
    this.images = List.copyOf(images);
    this.flaws = List.copyOf(flaws);
    this.skipped = List.copyOf(skipped);
  }

  /**
   * Creates a set from images that were annotated elsewhere.
   *
   * @param classes the names of the classes, all different
   * @param images images with objects of these classes
   * @return the images
   * @throws VerydeepException if an object is of another class
   */
  public static BoxedImages of(List<String> classes, List<AnnotatedImage> images) {
    return new BoxedImages("memory", classes, images, List.of(), List.of()).checked();
  }

  /**
   * Returns the same images, with their content from elsewhere.
   *
   * @param bytes gives the content of each image by the path of its file, with slashes
   * @return the images, with the same names, sizes and objects
   */
  public BoxedImages from(ImageBytes bytes) {
    NamedFiles there = new NamedFiles(bytes);
    List<AnnotatedImage> moved =
        images.stream().map(image -> image.at(there.file(FileContent.name(image.file())))).toList();
    return new BoxedImages(source, classes, moved, flaws, skipped);
  }

  /** {@return a reader that can skip annotations, and read them without VOC's lists of sets} */
  public static BoxedImagesReader reader() {
    return new BoxedImagesReader(false);
  }

  /**
   * Reads a set of a PASCAL VOC tree as distributed: {@code Annotations/NAME.xml}, {@code
   * ImageSets/Main/SET.txt} and {@code JPEGImages/NAME.jpg}. VOC counts pixels from 1 and includes
   * both ends of a box; here coordinates are edges, {@code (xmin - 1, ymin - 1)-(xmax, ymax)}. The
   * parts of an object are not read. Boxes refer to the stored pixels, as VOC's own tools and
   * torchvision's {@code VOCDetection} read them; if EXIF rotates an image, its boxes are rotated
   * with it, unless the annotation states the size of the rotated image. If it states none, or 0 x
   * 0, the image's own is used, and {@link #flaws()} says so.
   *
   * @param root the folder that contains all three, such as {@code VOCdevkit/VOC2007}
   * @param set the name of the set, such as {@code trainval}, or of a class's set, such as {@code
   *     cat_train}, whose second column is not read
   * @return the images in the order of the set, with its classes sorted by name
   * @throws VerydeepException if the set or an annotation is missing or malformed; the message
   *     names the file, the line and the reason
   */
  public static BoxedImages voc(Path root, String set) {
    return reader().voc(root, set);
  }

  /**
   * Reads a set of a PASCAL VOC tree.
   *
   * @param root the folder that holds the tree
   * @param set the name of the set
   * @return the images
   * @see #voc(Path, String)
   */
  public static BoxedImages voc(String root, String set) {
    return voc(Path.of(root), set);
  }

  /**
   * Reads ILSVRC's boxes as distributed, in VOC's format: {@code n01440764/n01440764_18.xml} for
   * training images, {@code val/ILSVRC2012_val_00000001.xml} for validation images. All objects of
   * a class are annotated in an image. Boxes without images and images without boxes (more than
   * half of the training set) are left out.
   *
   * <p>Edges are counted from 0, unlike VOC's. Annotators may have seen a smaller image than the
   * file holds: boxes are scaled to the file's size, which is read from its header. Many dogs are
   * named by breed; they are assigned to the class their file is named after. Boxes are rotated
   * along with images that EXIF rotates.
   *
   * @param images a folder of images, flat, by synset, or with the same subfolders as the
   *     annotations
   * @param annotations a folder of XML files, or one that contains such folders, at most six levels
   *     deep
   * @return the images, sorted by the names of the annotations, with all 1000 classes in the order
   *     of {@link Ilsvrc#classes()}
   * @throws VerydeepException if an annotation is malformed or names a class that is not a synset
   *     of ILSVRC-2012, or if none has an image
   */
  public static BoxedImages ilsvrc(Path images, Path annotations) {
    return reader().ilsvrc(images, annotations);
  }

  /**
   * Reads ILSVRC's boxes.
   *
   * @param images a folder of images
   * @param annotations a folder of XML files
   * @return the images
   * @see #ilsvrc(Path, Path)
   */
  public static BoxedImages ilsvrc(String images, String annotations) {
    return ilsvrc(Path.of(images), Path.of(annotations));
  }

  /**
   * Reads YOLO text labels, the form in which COCO is often passed on: for {@code NAME.jpg} a file
   * {@code NAME.txt} with one line per object, the index of its class and the box's center and size
   * as fractions of the image (as rotated by EXIF, which is also what the tools that write such
   * files use), for example {@code 45 0.479 0.689 0.956 0.596}. An image without such a file shows
   * no objects.
   *
   * @param images a flat folder
   * @param labels a flat folder of text files
   * @param classes the names of the classes, by index
   * @return the images, sorted by name
   * @throws VerydeepException if there are no label files, or one is malformed; the message names
   *     the file and the line
   */
  public static BoxedImages yolo(Path images, Path labels, List<String> classes) {
    return reader().yolo(images, labels, classes);
  }

  /**
   * Reads YOLO text labels.
   *
   * @param images a folder of images
   * @param labels a folder of text files
   * @param classes the names of the classes, by index
   * @return the images
   * @see #yolo(Path, Path, List)
   */
  public static BoxedImages yolo(String images, String labels, List<String> classes) {
    return yolo(Path.of(images), Path.of(labels), classes);
  }

  /** {@return the names of the classes} */
  public List<String> classes() {
    return classes;
  }

  /**
   * Returns the index of a class in {@link #classes()}.
   *
   * @param name the class
   * @return its index
   * @throws VerydeepException if there is no such class
   */
  public int label(String name) {
    int label = classes.indexOf(name);
    if (label < 0) {
      throw new VerydeepException(
          "There is no class \"%s\" in %s; its classes are %s.".formatted(name, source, classes));
    }
    return label;
  }

  /** {@return the number of images} */
  public int size() {
    return images.size();
  }

  /**
   * Returns the file, size and objects of image i.
   *
   * @param i an index below {@link #size()}
   * @return the annotated image
   */
  public AnnotatedImage annotated(int i) {
    return images.get(i);
  }

  /**
   * Decodes image i.
   *
   * @param i an index below {@link #size()}
   * @return its pixels
   * @throws UnreadableImageException if its file is missing or damaged
   * @throws VerydeepException if its size is not the one its boxes were drawn for
   */
  public RgbImage image(int i) {
    return annotated(i).image();
  }

  /** {@return the number of objects of each class over all images} */
  public int[] counts() {
    int[] counts = new int[classes.size()];
    images.forEach(p -> p.objects().forEach(object -> counts[label(object.name())]++));
    return counts;
  }

  /**
   * Returns the boxes that could not be used as they are: those outside the image or without area,
   * which were left out, and those that extend past its edge, which were clipped; and images whose
   * size was not stated.
   *
   * @return one flaw per box or image, in the order of the images; empty if all boxes are sound
   */
  public List<AnnotatedImage.Flaw> flaws() {
    return flaws;
  }

  /**
   * Splits the images in two, so that every combination of classes has its share in both parts
   * where possible. Each part keeps the order of the images.
   *
   * @param trainingFraction the first part's share, between 0 and 1
   * @param seed the same seed gives the same parts
   * @return both parts
   * @throws VerydeepException if the fraction is out of range or leaves a part empty
   */
  public Split<BoxedImages> split(double trainingFraction, long seed) {
    return BoxedShares.of(this, RandomStreams.shuffled(size(), seed), trainingFraction);
  }

  /**
   * Returns a random subset of the images, in their original order.
   *
   * @param n how many; all of them if there are fewer
   * @param seed the same seed gives the same images
   * @return the subset, with the same classes
   * @throws VerydeepException if n is below 1
   */
  public BoxedImages some(int n, long seed) {
    return subset(RandomStreams.some(size(), n, seed));
  }

  /**
   * Returns the images with these indices, in this order, with the same classes.
   *
   * @param indices each below {@link #size()}
   * @return these images
   */
  public BoxedImages subset(int... indices) {
    return with(classes, Arrays.stream(indices).mapToObj(images::get).toList());
  }

  /**
   * Returns only the objects of some classes, and the images that show them.
   *
   * @param names the classes, which become the only ones, in this order
   * @return these images
   * @throws VerydeepException if a class is unknown or named twice
   */
  public BoxedImages only(String... names) {
    Arrays.stream(names).forEach(this::label);
    Set<String> wanted = Set.copyOf(ClassNames.different(List.of(names)));
    return with(List.of(names), objects(object -> wanted.contains(object.name())));
  }

  /**
   * {@return one image per object, with that object alone: what a localization network is trained
   * on}
   */
  public BoxedImages eachObject() {
    return with(classes, images.stream().flatMap(AnnotatedImage::eachObject).toList());
  }

  /**
   * {@return the images without the objects marked as difficult; images that show no other objects
   * are left out}
   */
  public BoxedImages withoutDifficult() {
    return with(classes, objects(object -> !object.difficult()));
  }

  private List<AnnotatedImage> objects(Predicate<AnnotatedImage.Annotation> wanted) {
    return images.stream()
        .map(image -> image.only(wanted))
        .filter(p -> !p.objects().isEmpty())
        .toList();
  }

  /**
   * Returns the same images with their classes reindexed, for example as a network was trained.
   *
   * @param names the classes, including those of all objects
   * @return these images, with the same objects
   * @throws VerydeepException if an object's class is missing from them
   */
  public BoxedImages withClasses(List<String> names) {
    return with(names, images).checked();
  }

  private BoxedImages checked() {
    ClassNames.different(classes);
    AnnotatedImage.names(images).forEach(this::label);
    return this;
  }

  /**
   * Returns the images for a classifier, each labeled with the one class whose objects it shows.
   *
   * @return the same images in the same order; one whose size is not the one its boxes were drawn
   *     for is an error when it is decoded
   * @throws VerydeepException if an image shows no objects, or objects of several classes
   */
  public Images images() {
    int[] labels = images.stream().mapToInt(image -> label(image.onlyName())).toArray();
    List<Path> files = images.stream().map(AnnotatedImage::file).toList();
    return new Images(source, classes, files, labels, skipped, List.of(), images);
  }

  /**
   * Decodes every image once, in parallel, and leaves out those that cannot be read or whose size
   * differs from their annotation's.
   *
   * @return the remaining images; {@link #skipped()} lists those left out
   */
  public BoxedImages skippingUnreadable() {
    List<String> flaw = images.parallelStream().map(AnnotatedImage::unreadable).toList();
    List<Skipped> left = new ArrayList<>(skipped);
    IntStream.range(0, size())
        .filter(i -> !flaw.get(i).isEmpty())
        .forEach(i -> left.add(new Skipped(annotated(i).file(), flaw.get(i))));
    BoxedImages good = where(i -> flaw.get(i).isEmpty());
    return new BoxedImages(source, classes, good.images, flaws, left);
  }

  /**
   * {@return the files left out, and why: by {@link #skippingUnreadable()} or {@link
   * BoxedImagesReader#skippingUnreadable()}}
   */
  public List<Skipped> skipped() {
    return skipped;
  }

  BoxedImages where(IntPredicate wanted) {
    return subset(IntStream.range(0, size()).filter(wanted).toArray());
  }

  private BoxedImages with(List<String> names, List<AnnotatedImage> some) {
    return new BoxedImages(source, names, some, flaws, skipped);
  }

  /**
   * Returns an identifier of these images and boxes that does not depend on their location: how
   * many there are, and a CRC-32 over the names of files and classes and the boxes, in order. It
   * does not cover the images' contents.
   *
   * @return the identifier, a few words
   */
  public String fingerprint() {
    Stream<String> lines = images.stream().map(p -> p.file().getFileName() + "\t" + p.objects());
    return SetText.fingerprint(size(), classes.size(), lines);
  }

  /** Returns the number of images, objects and flaws, and where they come from. */
  @Override
  public String toString() {
    int objects = images.stream().mapToInt(p -> p.objects().size()).sum();
    String left = skipped.isEmpty() ? "" : ", " + skipped.size() + " skipped";
    left += flaws.isEmpty() ? "" : ", " + flaws.size() + " flawed boxes";
    String head = "%d images, %d objects of %d classes%s in ";
    return SetText.headline(head.formatted(size(), objects, classes.size(), left), source);
  }
}
