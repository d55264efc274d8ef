package verydeep;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that the tests belong to. */
public final class Repository {

  private Repository() {}

  /** Its root; tests run in the folder of the module. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("jshell-scripts"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
