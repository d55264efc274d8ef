package verydeep.internal.jobs;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some images of a job, one after another, and the name of the file that holds their results.
 *
 * @param from the index of the first image
 * @param to the index after the last
 */
record ImageRange(int from, int to) {

  /** Up to as many digits as an int has. */
  private static final Pattern NAME =
      Pattern.compile("part-([0-9]{1,10})-([0-9]{1,10})\\.safetensors");

  /** Those of earlier versions, which followed each other and said only where they end. */
  private static final Pattern OLDER = Pattern.compile("part-[0-9]+\\.safetensors");

  /** Returns the range that a file's name states; null if it states none. */
  static ImageRange of(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return null;
    }
    long from = Long.parseLong(name.group(1));
    long to = Long.parseLong(name.group(2));
    return from < to && to <= Integer.MAX_VALUE ? new ImageRange((int) from, (int) to) : null;
  }

  /** Returns whether a file may hold results of these images, by its name. */
  boolean mayBeIn(Path file) {
    ImageRange named = of(file);
    return named == null
        ? OLDER.matcher(file.getFileName().toString()).matches()
        : meets(named.from, named.to);
  }

  /** Returns whether an image is both here and in another range. */
  boolean meets(int otherFrom, int otherTo) {
    return from < otherTo && otherFrom < to;
  }

  /** Returns the name of the file. */
  String fileName() {
    return String.format(Locale.ROOT, "part-%09d-%09d.safetensors", from, to);
  }
}
