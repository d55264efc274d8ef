package verydeep.internal.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import verydeep.VerydeepException;
import verydeep.data.Skipped;

/** The images that could not be read, as two texts of a file. */
public final class SkippedText {

  private static final String FILES = "skipped";
  private static final String REASONS = "reasons";

  private SkippedText() {}

  /**
   * Writes them.
   *
   * @param skipped any number of them
   * @param texts receives the texts
   */
  public static void write(List<Skipped> skipped, Map<String, String> texts) {
    texts.put(FILES, TensorFile.lines(skipped.stream().map(s -> s.file().toString()).toList()));
    texts.put(REASONS, TensorFile.lines(skipped.stream().map(Skipped::reason).toList()));
  }

  /**
   * Returns the error of work that skips no image, but is given results of work that did.
   *
   * @param count how many were skipped
   * @param first the name of the first
   * @param reason why it was skipped, a sentence
   * @return the error
   */
  public static VerydeepException refused(int count, String first, String reason) {
    return new VerydeepException(
        "Where the parts were computed, %d %s left out as unreadable, the first: %s: %s Allow that"
                .formatted(count, count == 1 ? "image was" : "images were", first, reason)
            + " by skippingUnreadable(), or use another folder.");
  }

  /**
   * Gives images that were read from a file the paths of those they were among.
   *
   * @param skipped any number of them, in the order of the images
   * @param size the number of images
   * @param images the path of each
   * @return the same, as {@link FileNames#located}
   */
  public static List<Skipped> located(List<Skipped> skipped, int size, IntFunction<Path> images) {
    return FileNames.located(
        skipped, Skipped::file, (one, file) -> new Skipped(file, one.reason()), size, images);
  }

  /**
   * Reads them.
   *
   * @param file a file with both texts
   * @return any number of them
   * @throws VerydeepException if it lacks a text, or has more of one than of the other
   */
  public static List<Skipped> read(TensorFile file) {
    List<String> files = TensorFile.names(file.text(FILES));
    List<String> reasons = TensorFile.names(file.text(REASONS));
    if (files.size() != reasons.size()) {
      throw new VerydeepException(
          "It gives %d reasons for %d images that were skipped."
              .formatted(reasons.size(), files.size()));
    }
    List<Skipped> skipped = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      skipped.add(new Skipped(FileNames.path(files.get(i)), reasons.get(i)));
    }
    return skipped;
  }
}
