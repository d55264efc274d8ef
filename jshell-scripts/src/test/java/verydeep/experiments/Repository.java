package verydeep.experiments;

import java.nio.file.Files;
import java.nio.file.Path;
import verydeep.data.Images;

/** Files of this repository, wherever the tests run. */
final class Repository {

  private Repository() {}

  static String path(String name) {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("jshell-scripts/run"))) {
      root = root.getParent();
    }
    return root.resolve(name).toString();
  }

  /** So many photos of ten kinds of clothes. */
  static Images clothes(int count) {
    return Images.folder(path("datasets/clothing/test")).take(count, 1);
  }
}
