package verydeep.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.internal.images.RandomStreams;

/**
 * Makes images of one object each, which the paper's localization requires, from images with many:
 * crops a random square around an object so that all of it, and no other object, is inside. Another
 * object counts as outside if less than half of its box lies in the square, the same rule that
 * localization uses. Objects that are truncated or difficult, or too close to others, get no
 * square.
 *
 * <pre>{@code
 * var cells = ObjectWindows.of(BoxedImages.voc("datasets/bccd", "trainval")).
 *     most(300).run("target/cells");
 * }</pre>
 *
 * <p>Only annotated objects can be kept out.
 */
public final class ObjectWindows {
  private static final int TRIES = 300;

  private final BoxedImages images;
  private final long seed;
  private final int most;
  private final double smallest;
  private final double largest;
  private final int side;

  private ObjectWindows(
      BoxedImages images, long seed, int most, double smallest, double largest, int side) {
    this.images = images;
    this.seed = seed;
    this.most = most;
    this.smallest = smallest;
    this.largest = largest;
    this.side = side;
  }

  /**
   * Starts with the default settings for squares around these objects.
   *
   * @param images images with objects
   * @return the settings, which can be changed
   */
  public static ObjectWindows of(BoxedImages images) {
    return new ObjectWindows(
        Objects.requireNonNull(images, "images"), 0, Integer.MAX_VALUE, 1.1, 2.5, 96);
  }

  /**
   * Sets the seed that squares and objects are drawn with. Default: 0.
   *
   * @param seed any number
   * @return the changed settings
   */
  public ObjectWindows seed(long seed) {
    return new ObjectWindows(images, seed, most, smallest, largest, side);
  }

  /**
   * Sets the largest number of objects of each class, drawn at random. Default: all that are
   * available.
   *
   * @param perClass 1 or more
   * @return the changed settings
   */
  public ObjectWindows most(int perClass) {
    if (perClass < 1) {
      throw new VerydeepException(
          "The number of objects per class is " + perClass + "; it must be at least 1.");
    }
    return new ObjectWindows(images, seed, perClass, smallest, largest, side);
  }

  /**
   * Sets the size of the squares, as a multiple of the longer side of the object's box. Default:
   * 1.1 to 2.5, so that a square object fills a sixth to five sixths of its square.
   *
   * @param smallest the smallest side of a square, as a multiple of the longer side of the box
   * @param largest the largest side of a square, as a multiple of the longer side of the box
   * @return the changed settings
   */
  public ObjectWindows sizes(double smallest, double largest) {
    if (!(smallest >= 1 && largest >= smallest && largest <= 1000)) {
      throw new VerydeepException(
          "The squares are %s to %s times the object's size; 1 <= smallest <= largest <= 1000 is needed."
              .formatted(smallest, largest));
    }
    return new ObjectWindows(images, seed, most, smallest, largest, side);
  }

  /**
   * Sets the side to which all squares are resized, in pixels. Default: 96.
   *
   * @param pixels 1 or more
   * @return the changed settings
   */
  public ObjectWindows side(int pixels) {
    if (pixels < 1 || pixels > 10_000) {
      throw new VerydeepException("The side is " + pixels + " pixels; it must be from 1 to 10000.");
    }
    return new ObjectWindows(images, seed, most, smallest, largest, pixels);
  }

  /** Returns the settings. */
  @Override
  public String toString() {
    return "squares of %d pixels, %s to %s times an object's size, %s, seed %d, from %s"
        .formatted(
            side,
            smallest,
            largest,
            most == Integer.MAX_VALUE ? "of all objects" : "at most " + most + " of a class",
            seed,
            images);
  }

  /** A square of an image and the object in it. */
  private record Window(int image, int object, int x, int y, int size) {}

  /**
   * Crops the squares and writes them as a VOC tree of PNG files with one set, {@code all}; files
   * with the same names are overwritten. The set is listed once all of its files are written. A
   * file is named after its image, with underscores for spaces and other characters that a VOC tree
   * cannot have in names. The same images and settings produce the same files.
   *
   * @param folder the folder to write to
   * @return the squares, in the order of the images and their objects, with the same classes
   * @throws VerydeepException if no object can be cropped, or a file cannot be read or written
   */
  public BoxedImages run(Path folder) {
    List<Window> windows = chosen();
    if (windows.isEmpty()) {
      throw new VerydeepException("No object can be cropped alone from " + images + ".");
    }
    try {
      write(folder, windows);
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException("Cannot write to " + folder + ": " + e + ".", e);
    }
    return BoxedImages.voc(folder, "all").withClasses(images.classes());
  }

  /**
   * Crops the squares and writes them.
   *
   * @param folder the folder to write to
   * @return the squares, as for {@link #run(Path)}
   */
  public BoxedImages run(String folder) {
    return run(Path.of(folder));
  }

  private List<Window> chosen() {
    List<List<Window>> byClass = new ArrayList<>();
    images.classes().forEach(name -> byClass.add(new ArrayList<>()));
    for (int i = 0; i < images.size(); i++) {
      List<AnnotatedImage.Annotation> objects = images.annotated(i).objects();
      for (int j = 0; j < objects.size(); j++) {
        AnnotatedImage.Annotation object = objects.get(j);
        Window window = object.truncated() || object.difficult() ? null : window(i, j);
        if (window != null) {
          byClass.get(images.label(object.name())).add(window);
        }
      }
    }
    List<Window> all = new ArrayList<>();
    for (int label = 0; label < byClass.size(); label++) {
      List<Window> theirs = byClass.get(label);
      int[] order = IntStream.range(0, theirs.size()).toArray();
      RandomStreams.shuffle(order, RandomStreams.random(seed, -1, label));
      IntStream.of(order).limit(most).mapToObj(theirs::get).forEach(all::add);
    }
    all.sort(Comparator.comparingInt(Window::image).thenComparingInt(Window::object));
    return all;
  }

  /** Draws a square that contains this object alone; null if none is found. */
  private Window window(int i, int j) {
    AnnotatedImage image = images.annotated(i);
    BoundingBox box = image.objects().get(j).box();
    SplittableRandom random = RandomStreams.random(seed, i, j);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      double times = smallest + (largest - smallest) * random.nextDouble();
      int size = (int) Math.ceil(times * Math.max(box.width(), box.height()));
      double across = random.nextDouble();
      double down = random.nextDouble();
      int x = place(across, box.left(), box.right(), size, image.width());
      int y = place(down, box.top(), box.bottom(), size, image.height());
      if (x >= 0 && y >= 0 && alone(image, j, x, y, size)) {
        return new Window(i, j, x, y, size);
      }
    }
    return null;
  }

  /**
   * Returns where a window that contains everything from {@code low} to {@code high} begins; -1 if
   * none does.
   */
  private static int place(double fraction, double low, double high, int size, int length) {
    int first = Math.max(0, (int) Math.ceil(high - size));
    int last = Math.min(length - size, (int) Math.floor(low));
    return last < first ? -1 : first + (int) (fraction * (last - first + 1));
  }

  private static boolean alone(AnnotatedImage image, int j, int x, int y, int size) {
    BoundingBox square = new BoundingBox(x, y, (double) x + size, (double) y + size);
    for (int k = 0; k < image.objects().size(); k++) {
      BoundingBox other = image.objects().get(k).box();
      if (k != j && other.intersection(square) >= 0.5 * other.area()) {
        return false;
      }
    }
    return true;
  }

  private void write(Path folder, List<Window> windows) throws IOException {
    VocNames names = new VocNames(IntStream.range(0, images.size()).mapToObj(this::name).toList());
    VocWriter tree = new VocWriter(folder, "all");
    RgbImage image = null;
    int open = -1;
    for (Window window : windows) {
      if (window.image() != open) {
        open = window.image();
        image = images.image(open);
      }
      AnnotatedImage annotated = images.annotated(open);
      AnnotatedImage.Annotation object = annotated.objects().get(window.object());
      int size = window.size();
      BoundingBox box =
          object
              .box()
              .translated(-window.x(), -window.y())
              .scaled((double) side / size, (double) side / size);
      tree.add(
          names.of(name(open)) + "-" + window.object(),
          image.crop(window.x(), window.y(), size, size).resize(side, side),
          List.of(new AnnotatedImage.Annotation(object.name(), box)));
    }
    tree.finish();
  }

  private String name(int image) {
    return ImageFolder.stem(images.annotated(image).file());
  }
}
