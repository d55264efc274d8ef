package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Images;

/** Caltech's folders as they are distributed, which {@link RandomSplits} says can be read so. */
class CaltechLayoutTest {

  @TempDir Path root;

  private void file(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {0});
  }

  @Test
  void theBackgroundOf101IsAClass() throws IOException {
    file("BACKGROUND_Google/image_0001.jpg");
    file("BACKGROUND_Google/tmp");
    file("Faces_easy/image_0001.jpg");
    file("accordion/image_0001.jpg");
    file("accordion/image_0002.jpg");
    Images photos = Images.folder(root);
    assertThat(photos.classes()).containsExactly("BACKGROUND_Google", "Faces_easy", "accordion");
    assertThat(photos.counts()).containsExactly(1, 1, 2);
  }

  @Test
  void theClutterOf256IsAClass() throws IOException {
    file("257.clutter/257_0001.jpg");
    file("198.spider/198_0001.jpg");
    file("198.spider/RENAME2");
    file("001.ak47/001_0001.jpg");
    Images photos = Images.folder(root);
    assertThat(photos.classes()).containsExactly("001.ak47", "198.spider", "257.clutter");
    assertThat(photos.counts()).containsExactly(1, 1, 1);
  }
}
