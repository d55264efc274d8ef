package verydeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of this process's memory. */
public final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Returns the memory that is in use, in kB. */
  public static long now() throws IOException {
    return kilobytes("VmRSS");
  }

  /** Returns the most that was in use so far, in kB. */
  public static long peak() throws IOException {
    return kilobytes("VmHWM");
  }

  private static long kilobytes(String field) throws IOException {
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(field + ":")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException(STATUS + " has no " + field);
  }
}
