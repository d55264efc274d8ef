package verydeep.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
    if (this.files.isEmpty()) {
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
    return new ImageFiles(
        images.source(),
        Stream.iterate(0, i -> i < images.size(), i -> i + 1).map(images::file).toList(),
        images.skipped());
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
   * @return its path
   */
  public Path file(int i) {
    return files.get(Objects.checkIndex(i, files.size()));
  }

  /**
   * Returns what tells these files from others, as long as they keep their names and places: their
   * number, and a checksum of their paths.
   *
   * @return a short text
   */
  public String fingerprint() {
    return SetText.fingerprint(size(), 0, files.stream().map(Path::toString));
  }

  /** Returns how many files there are, how many were passed over, and where. */
  @Override
  public String toString() {
    String over = skipped.isEmpty() ? "" : ", %,d passed over".formatted(skipped.size());
    String head = "%,d image%s%s in ".formatted(size(), size() == 1 ? "" : "s", over);
    return SetText.headline(head, source);
  }
}
