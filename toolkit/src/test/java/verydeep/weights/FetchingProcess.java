package verydeep.weights;

import java.net.URI;
import java.nio.file.Path;

/**
 * Fetches a file in a process of its own, and prints its path. Arguments: address, hash, folder.
 */
final class FetchingProcess {

  private FetchingProcess() {}

  public static void main(String[] arguments) {
    PublishedWeights published =
        DownloadTest.published("a.pth", URI.create(arguments[0]), 0, arguments[1]);
    System.out.println(Pretrained.of(published).cache(Path.of(arguments[2])).fetch());
  }
}
