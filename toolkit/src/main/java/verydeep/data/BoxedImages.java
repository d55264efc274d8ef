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

/**
 * Images with boxes around the objects in them. Immutable; images are decoded when asked for, each
 * time anew. A box that cannot be used as it stands is never used silently: {@link #flaws()} lists
 * it.
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
  private final List<BoxFlaw> flaws;
  private final List<Skipped> skipped;

  BoxedImages(
      String source,
      List<String> classes,
      List<AnnotatedImage> images,
      List<BoxFlaw> flaws,
      List<Skipped> skipped) {
    this.source = source;
    this.classes = List.copyOf(classes);
    this.images = List.copyOf(images);
    this.flaws = List.copyOf(flaws);
    this.skipped = List.copyOf(skipped);
  }

  /**
   * Images that were made or annotated elsewhere.
   *
   * @param classes the names of the classes, no two alike
   * @param images with objects of these classes
   * @return the images
   * @throws VerydeepException if an object is of another class
   */
  public static BoxedImages of(List<String> classes, List<AnnotatedImage> images) {
    return new BoxedImages("memory", classes, images, List.of(), List.of()).checked();
  }

  /**
   * A set of a PASCAL VOC tree as it is distributed: {@code Annotations/NAME.xml}, {@code
   * ImageSets/Main/SET.txt} and {@code JPEGImages/NAME.jpg}. VOC counts pixels from 1 and both ends
   * are in the box; here they are edges, {@code (xmin - 1, ymin - 1)-(xmax, ymax)}. The parts of an
   * object are not read. Boxes are of the stored pixels, as VOC's own tools and torchvision's
   * {@code VOCDetection} read them; if EXIF turns an image, its boxes are turned with it, unless
   * the annotation gives the sides of the turned image.
   *
   * @param root the folder that holds the three, {@code VOCdevkit/VOC2007}
   * @param set the name of the set, {@code trainval}, or of a set of a class, {@code cat_train},
   *     whose second column is not read
   * @return the images in the order of the set; its classes sorted by name
   * @throws VerydeepException if the set or an annotation is missing or malformed; it names file,
   *     line and reason
   */
  public static BoxedImages voc(Path root, String set) {
    return VocTree.read(root, set);
  }

  /**
   * A set of a PASCAL VOC tree.
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
   * ILSVRC's boxes as they are distributed, in VOC's form: {@code n01440764/n01440764_18.xml} for
   * training images, {@code val/ILSVRC2012_val_00000001.xml} for those of validation. Of a class
   * all objects in an image are marked. Boxes without images and images without boxes (more than
   * half of the training set) are left out.
   *
   * <p>Edges are counted from 0, unlike VOC's. An annotator may have seen an image smaller than its
   * file is: boxes are brought to the file's size, of which the head is read. Many dogs have their
   * breed for a name; they are taken for the class by which their file is named. Boxes are turned
   * with images that EXIF turns.
   *
   * @param images a folder of images, flat or by synset, or with folders as the annotations'
   * @param annotations a folder of XML files, or one that holds such, at most six deep
   * @return the images, sorted by the annotations' names, of all 1000 classes in the order of
   *     {@link Ilsvrc#classes()}
   * @throws VerydeepException if an annotation is malformed, names no synset of ILSVRC-2012, or
   *     none has an image
   */
  public static BoxedImages ilsvrc(Path images, Path annotations) {
    return IlsvrcBoxes.read(images, annotations);
  }

  /**
   * ILSVRC's boxes.
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
   * Boxes as text, as COCO is often handed on: for {@code NAME.jpg} a file {@code NAME.txt} with a
   * line an object, its class's index and the box's center and size as fractions of the image (as
   * EXIF turns it, which the tools that write such files do too), {@code 45 0.479 0.689 0.956
   * 0.596}. An image without such a file shows no object.
   *
   * @param images a flat folder
   * @param labels a flat folder of text files
   * @param classes the names of the classes, by index
   * @return the images, sorted by name
   * @throws VerydeepException if a file is malformed, which it names with the line, or none is
   *     there
   */
  public static BoxedImages yolo(Path images, Path labels, List<String> classes) {
    return YoloText.read(images, labels, classes);
  }

  /**
   * Boxes as text.
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
   * The index of a class in {@link #classes()}.
   *
   * @param name the class
   * @return its index
   * @throws VerydeepException if there is no such class
   */
  public int label(String name) {
    int label = classes.indexOf(name);
    if (label < 0) {
      throw new VerydeepException(
          "no class \"%s\" in %s: it has %s".formatted(name, source, classes));
    }
    return label;
  }

  /** {@return the number of images} */
  public int size() {
    return images.size();
  }

  /**
   * RgbImage i's file, size and objects.
   *
   * @param i an index below {@link #size()}
   * @return what is known of it
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
   * @throws VerydeepException if it is not of the size for which its boxes were drawn
   */
  public RgbImage image(int i) {
    return annotated(i).image();
  }

  /** {@return the number of objects of each class, in all images} */
  public int[] counts() {
    int[] counts = new int[classes.size()];
    images.forEach(p -> p.objects().forEach(object -> counts[label(object.name())]++));
    return counts;
  }

  /**
   * Boxes that could not be used as they stand: those outside of the image or without area, which
   * were left out, and those that reach out of it, which were cut.
   *
   * @return one a box, in the order of the images; empty if all are sound
   */
  public List<BoxFlaw> flaws() {
    return flaws;
  }

  /**
   * Divides the images in two, so that every combination of classes has its share on both sides
   * where that is possible. Each part stays in the order of the images.
   *
   * @param trainingFraction share of the first part, between 0 and 1
   * @param seed the same seed gives the same parts
   * @return both parts
   * @throws VerydeepException if the fraction is out of range or leaves a part empty
   */
  public Split<BoxedImages> split(double trainingFraction, long seed) {
    return BoxedShares.of(this, shuffled(seed), trainingFraction);
  }

  private int[] shuffled(long seed) {
    int[] order = IntStream.range(0, size()).toArray();
    RandomStreams.shuffle(order, RandomStreams.random(seed, 0));
    return order;
  }

  /**
   * Some of the images, in the order in which they were.
   *
   * @param n how many; all if there are no more
   * @param seed the same seed gives the same images
   * @return these images, with the same classes
   * @throws VerydeepException if n is below 1
   */
  public BoxedImages some(int n, long seed) {
    if (n < 1) {
      throw new VerydeepException("cannot draw %d of %d images; 1 or more".formatted(n, size()));
    }
    return subset(Arrays.stream(shuffled(seed)).limit(n).sorted().toArray());
  }

  /**
   * The images of these indices, in this order, with the same classes.
   *
   * @param indices each below {@link #size()}
   * @return these images
   */
  public BoxedImages subset(int... indices) {
    return with(classes, Arrays.stream(indices).mapToObj(images::get).toList());
  }

  /**
   * The objects of some classes alone, and the images that show one.
   *
   * @param names classes, which become the only ones, in this order
   * @return these images
   * @throws VerydeepException if a class is unknown or named twice
   */
  public BoxedImages only(String... names) {
    Arrays.stream(names).forEach(this::label);
    Set<String> wanted = Set.copyOf(Arrays.asList(names));
    if (wanted.size() != names.length) {
      throw new VerydeepException("a class is named twice: " + String.join(", ", names));
    }
    return with(List.of(names), objects(object -> wanted.contains(object.name())));
  }

  /**
   * {@return one image for each object, with that one alone: so a localization network learns them}
   */
  public BoxedImages eachObject() {
    return with(classes, images.stream().flatMap(AnnotatedImage::eachObject).toList());
  }

  /**
   * {@return the images without objects that are marked as difficult; those that show no others are
   * left out}
   */
  public BoxedImages withoutDifficult() {
    return with(classes, objects(object -> !object.difficult()));
  }

  private List<AnnotatedImage> objects(Predicate<ObjectAnnotation> wanted) {
    return images.stream()
        .map(image -> image.only(wanted))
        .filter(p -> !p.objects().isEmpty())
        .toList();
  }

  /**
   * The same images with other indices of their classes, such as those that a network was trained
   * with.
   *
   * @param names the classes, those of all objects among them
   * @return these images, with the same objects
   * @throws VerydeepException if an object's class is not among them
   */
  public BoxedImages withClasses(List<String> names) {
    return with(names, images).checked();
  }

  private BoxedImages checked() {
    if (Set.copyOf(classes).size() != classes.size()) {
      throw new VerydeepException("a class is named twice: " + classes);
    }
    AnnotatedImage.names(images).forEach(this::label);
    return this;
  }

  /**
   * The images for a classifier: each with the one class whose objects it shows.
   *
   * @return the same images in the same order
   * @throws VerydeepException if one shows no object, or objects of several classes
   */
  public Images images() {
    int[] labels = images.stream().mapToInt(image -> label(image.onlyName())).toArray();
    List<Path> files = images.stream().map(AnnotatedImage::file).toList();
    return new Images(source, classes, files, labels, skipped);
  }

  /**
   * Decodes every image once, in parallel, and leaves out those that cannot be read or are not of
   * the size that their annotation says.
   *
   * @return the others; {@link #skipped()} lists what was left out
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
   * {@return the files that {@link #skippingUnreadable()} left out, and why; empty if it was not
   * asked to}
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
   * What tells these images and boxes from others, wherever they lie: how many, and a CRC-32 over
   * the names of files and classes and the boxes, in order. It does not look into the images.
   *
   * @return a few words
   */
  public String fingerprint() {
    Stream<String> lines = images.stream().map(p -> p.file().getFileName() + "\t" + p.objects());
    return SetText.fingerprint(size(), classes.size(), lines);
  }

  /** How many images, objects and flaws, and where they come from. */
  @Override
  public String toString() {
    int objects = images.stream().mapToInt(p -> p.objects().size()).sum();
    String left = flaws.isEmpty() ? "" : ", " + flaws.size() + " flawed boxes";
    String head = "%d images, %d objects of %d classes%s in ";
    return SetText.headline(head.formatted(size(), objects, classes.size(), left), source);
  }
}
