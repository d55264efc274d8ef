package verydeep.internal.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import verydeep.FileException;

/** Says why a file cannot be read in words that help whoever named it. */
public final class Unreadable {

  private Unreadable() {}

  /**
   * Returns the exception for a file that cannot be read.
   *
   * @param file the file
   * @param cause what the system says
   * @throws CancellationException if the thread was interrupted, which says nothing of the file;
   *     its flag stays set
   */
  public static FileException because(Path file, IOException cause) {
    if (cause instanceof ClosedByInterruptException) {
      throw (CancellationException)
          new CancellationException("The thread was interrupted.").initCause(cause);
    }
    Exception told = cause instanceof NoSuchFileException ? null : cause; // it says no more
    return new FileException(file, reason(file, cause), told);
  }

  private static String reason(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      Path folder = file.toAbsolutePath().getParent();
      return folder == null || Files.isDirectory(folder)
          ? "There is no such file."
          : "There is no such file, and no folder " + folder + ".";
    } else if (cause instanceof AccessDeniedException) {
      return "It may not be read: its permissions forbid it.";
    } else if (Files.isDirectory(file)) {
      return "It is a folder. Name a file in it.";
    }
    String said = cause.getMessage();
    return "It cannot be read: " + (said == null ? cause.getClass().getSimpleName() : said) + ".";
  }
}
