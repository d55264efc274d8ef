package verydeep.data;

import java.nio.file.Path;
import java.util.List;

/**
 * A file that was left out because it cannot be read.
 *
 * @param file the file
 * @param reason why
 */
public record Skipped(Path file, String reason) {

  /** Returns such as {@code , 3 files left out}; nothing if there are none. */
  static String counted(List<Skipped> files) {
    return files.isEmpty()
        ? ""
        : ", %,d file%s left out".formatted(files.size(), files.size() == 1 ? "" : "s");
  }
}
