package verydeep.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.VerydeepException;

/**
 * Files of images of which nothing is known: what a classifier is asked about. Immutable; a file is
 * decoded each time it is requested.
 */
public final class ImageFiles {

  private final String source;
  private final List<Path> files;
  private final List<Skipped> skipped;

  private ImageFiles(String source, List<Path> files, List<Skipped> skipped) {
    this.source = source;
    this.files = List.copyOf(files);
    this.skipped = List.copyOf(skipped);
    if (files.isEmpty()) {
      throw new VerydeepException("There are no images in " + source + ".");
    }
  }

  /**
   * Finds the images of a folder, at any depth, or takes a single file. Files are sorted by the
   * code units of their names, regardless of locale and file system; hidden ones are left out, and
   * {@link #skipped()} lists those that are no images by the rules of {@link Images#folder(Path)}.
   *
   * @param path a folder or a file
   * @return its images
   * @throws VerydeepException if it is missing, or a folder without images
   */
  public static ImageFiles in(Path path) {
    if (Files.isRegularFile(path)) {
      return new ImageFiles(path.toString(), List.of(path), List.of());
    }
    Folder.Content content = Folder.allContent(path);
    return new ImageFiles(path.toString(), content.images(), content.skipped());
  }

  /**
   * Finds the images of a folder, or takes a single file.
   *
   * @param path as {@link #in(Path)}
   * @return its images
   */
  public static ImageFiles in(String path) {
    return in(Path.of(path));
  }

  /**
   * Takes files as they are listed.
   *
   * @param files one or more, of which nothing is checked before they are read
   * @return these images
   * @throws VerydeepException if none is given
   */
  public static ImageFiles of(List<Path> files) {
    return new ImageFiles("a list", files, List.of());
  }

  /**
   * Takes files as they are listed.
   *
   * @param files one or more, of which nothing is checked before they are read
   * @return these images
   * @throws VerydeepException if none is given
   */
  public static ImageFiles of(Path... files) {
    return of(Arrays.asList(files));
  }

  /**
   * Takes the files of labeled images, without their labels.
   *
   * @param images whole images, not boxes cut out of them
   * @return their files
   * @throws VerydeepException if the images are boxes
   */
  public static ImageFiles of(Images images) {
    if (images.size() > 0 && images.box(0).isPresent()) {
      throw new VerydeepException(
          "These images are boxes of files: classify each as an image, images.image(i).");
    }
    List<Path> files = IntStream.range(0, images.size()).mapToObj(images::file).toList();
    return new ImageFiles(images.source(), files, images.skipped());
  }

  /**
   * Takes images whose content comes by name, and not from files.
   *
   * @param names one or more, whatever the source understands
   * @param source gives the content of each; nothing is read before an image is requested
   * @return these images
   * @throws VerydeepException if no name is given
   */
  public static ImageFiles of(List<String> names, ImageBytes source) {
    List<Path> files = new NamedFiles(source).files(names);
    return new ImageFiles("a source of images by name", files, List.of());
  }

  /**
   * Returns the same images, with their content from elsewhere.
   *
   * @param source gives the content of each image by its {@link #name}
   * @return the images, with the same names
   */
  public ImageFiles from(ImageBytes source) {
    List<String> names = files.stream().map(FileContent::name).toList();
    return new ImageFiles(this.source, new NamedFiles(source).files(names), skipped);
  }

  /** {@return the files that were passed over because they are no images, with the reasons} */
  public List<Skipped> skipped() {
    return skipped;
  }

  /**
   * Returns what progress lines say besides how far they are.
   *
   * @return such as {@code , 3 files left out}; empty if none was
   */
  public String leftOut() {
    return Skipped.counted(skipped);
  }

  /** {@return the number of files, 1 or more} */
  public int size() {
    return files.size();
  }

  /**
   * Returns a file.
   *
   * @param i an index below {@link #size()}
   * @return its path; of an image that comes from a source, a path whose text is its name, and
   *     which is read from there
   */
  public Path file(int i) {
    return files.get(i);
  }

  /**
   * Returns what messages call an image, and what a source of images is asked for.
   *
   * @param i an index below {@link #size()}
   * @return the name that the image was given, or the path of its file with slashes
   */
  public String name(int i) {
    return FileContent.name(files.get(i));
  }

  /**
   * Decodes an image.
   *
   * @param i an index below {@link #size()}
   * @return its pixels
   * @throws UnreadableImageException if its file is missing or damaged
   */
  public RgbImage image(int i) {
    return RgbImage.read(files.get(i));
  }

  /**
   * Returns what tells these files from others, as long as they keep their names and places: their
   * number, and a checksum of their paths.
   *
   * @return a short text
   */
  public String fingerprint() {
    return SetText.fingerprint(
        size(), 0, IntStream.range(0, size()).mapToObj(i -> file(i).toString()));
  }

  /** Returns how many files there are, how many were passed over, and where. */
  @Override
  public String toString() {
    String over = skipped.isEmpty() ? "" : ", %,d passed over".formatted(skipped.size());
    String head = "%,d image%s%s in ".formatted(size(), size() == 1 ? "" : "s", over);
    return SetText.headline(head, source);
  }
}
