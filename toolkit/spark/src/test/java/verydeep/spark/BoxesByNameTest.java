package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.ImageBytes;
import verydeep.data.Images;
import verydeep.localization.Localization;

/** Images with boxes whose names are URIs of a store. */
class BoxesByNameTest {

  @Test
  void executorsReadThemByTheirUris(@TempDir Path folder) throws Exception {
    Sample.images(folder.resolve("images"), 9);
    Images local = Images.folder(folder.resolve("images")).skippingUnreadable();
    Store stored = new Store(folder.toString());
    Images images =
        Images.of(
            local.classes(),
            IntStream.range(0, local.size())
                .mapToObj(i -> Store.ROOT + local.name(i).substring(folder.toString().length()))
                .toList(),
            IntStream.range(0, local.size()).map(local::label).toArray(),
            stored);
    BoxedImages boxed =
        BoxedImages.of(
            images.classes(),
            IntStream.range(0, images.size())
                .mapToObj(
                    i ->
                        new AnnotatedImage(
                            images.file(i),
                            images.image(i).width(),
                            images.image(i).height(),
                            List.of(
                                new AnnotatedImage.Annotation(
                                    images.classes().get(images.label(i)),
                                    new BoundingBox(3, 4, 20, 21)))))
                .toList());
    Localization given = Sample.cluster().reading(stored).test(Sample.localizer(), boxed);
    Localization expected = Sample.localizer().test(boxed);
    assertThat(given.images()).isEqualTo(expected.images());
    assertThat(given.images().get(0).file().toString()).startsWith(Store.ROOT + "/images/a/");
  }

  /** A store whose names are URIs, in a folder. */
  static final class Store implements ImageBytes {
    private static final long serialVersionUID = 1L;
    private static final String ROOT = "hdfs://host:8020";
    private final String base;

    Store(String base) {
      this.base = base;
    }

    @Override
    public byte[] read(String name) throws IOException {
      if (!name.startsWith(ROOT)) {
        throw new IOException("no such name: " + name);
      }
      return Files.readAllBytes(Path.of(base + name.substring(ROOT.length())));
    }
  }
}
