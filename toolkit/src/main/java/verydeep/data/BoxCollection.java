package verydeep.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects annotated images while they are read. A file that cannot be read ends the reading, or is
 * skipped and listed.
 */
final class BoxCollection {

  private final boolean skips;
  private final List<AnnotatedImage> images = new ArrayList<>();
  private final List<AnnotatedImage.Flaw> flaws = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();

  /**
   * Creates an empty collection.
   *
   * @param skips whether files that cannot be read are skipped
   */
  BoxCollection(boolean skips) {
    this.skips = skips;
  }

  /**
   * What was read of one image.
   *
   * @param image the image
   * @param flaws what was wrong with its annotation
   */
  record Read(AnnotatedImage image, List<AnnotatedImage.Flaw> flaws) {}

  /** Adds what is read, if there is anything, unless it cannot be read and is skipped. */
  void add(Supplier<Read> reading) {
    try {
      Read read = reading.get();
      if (read != null) {
        images.add(read.image());
        flaws.addAll(read.flaws());
      }
    } catch (UnreadableAnnotationException e) {
      String line = e.line() > 0 ? "Line " + e.line() + ": " : "";
      skip(e.file(), line + e.reason(), e);
    } catch (UnreadableImageException e) {
      skip(e.file(), e.reason(), e);
    }
  }

  private void skip(Path file, String reason, RuntimeException e) {
    if (!skips) {
      throw e;
    }
    skipped.add(new Skipped(file, reason));
  }

  /** Adds files that are no images. */
  void addSkipped(List<Skipped> others) {
    skipped.addAll(others);
  }

  List<AnnotatedImage> images() {
    return images;
  }

  List<AnnotatedImage.Flaw> flaws() {
    return flaws;
  }

  List<Skipped> skipped() {
    return skipped;
  }
}
