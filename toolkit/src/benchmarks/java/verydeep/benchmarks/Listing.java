package verydeep.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import verydeep.data.Images;

/** Lists a folder of tiny images. */
final class Listing implements Contestant {

  private final Path folder;
  private final int count;

  Listing(int count) throws IOException {
    this.folder = TinyImages.folder(count);
    this.count = count;
  }

  @Override
  public void step() {
    int found = Images.folder(folder).size();
    if (found != count) {
      throw new IllegalStateException(found + " images of " + count);
    }
  }

  @Override
  public String versions() {
    return "Java " + Runtime.version().feature();
  }

  @Override
  public void close() {}
}
