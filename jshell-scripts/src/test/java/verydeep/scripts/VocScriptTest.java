package verydeep.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Preprocessing;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.scripts.Processes.Result;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The script voc on a small tree, as its user calls it. */
@Timeout(120)
class VocScriptTest {

  private static final Path PHOTOS = Path.of("datasets/bccd/JPEGImages").toAbsolutePath();

  @TempDir private static Path folder;

  @BeforeAll
  static void writeATreeAndANet() throws IOException {
    write("trainval", 24);
    write("test", 8);
    Vgg net = Vgg.of(Configuration.A).width(1 / 32.0).convolutionsOnly().build();
    Checkpoint.of(
            Parameters.initial(net, 1), List.of(), Preprocessing.caffe(), Provenance.unknown())
        .write(folder.resolve("one.safetensors"));
  }

  /** Photos with two classes that they do not really show. */
  private static void write(String set, int count) throws IOException {
    Path sets = Files.createDirectories(folder.resolve("VOC2007/ImageSets/Main"));
    Path images = Files.createDirectories(folder.resolve("VOC2007/JPEGImages"));
    List<String> names = IntStream.range(0, count).mapToObj(i -> set + i).toList();
    Files.write(sets.resolve(set + ".txt"), names);
    for (int divisor : List.of(2, 3)) {
      Files.write(
          sets.resolve("by" + divisor + "_" + set + ".txt"),
          names.stream()
              .map(name -> name + (names.indexOf(name) % divisor == 0 ? "  1" : " -1"))
              .toList());
    }
    for (String name : names) {
      String photo = "BloodImage_%05d.jpg".formatted(names.indexOf(name));
      Files.copy(PHOTOS.resolve(photo), images.resolve(name + ".jpg"));
    }
  }

  @Test
  void standsBelowThePapersRows() throws Exception {
    Result result =
        Processes.script("voc", folder, "root=VOC2007", "scales=32,40", "weights=one.safetensors");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("VGG D & VGG", "by2", "by3");
    assertThat(result.out().lines().toList())
        .filteredOn(line -> line.startsWith("ours"))
        .singleElement()
        .asString()
        .contains("dense,", " 8 ");
  }

  @Test
  void refusesAnotherTask() throws Exception {
    Result result = Processes.script("voc", folder, "task=none");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("task=none; it is main or actions");
  }
}
