package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static verydeep.network.Configuration.A;
import static verydeep.network.Configuration.D;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.UnreadableImageException;
import verydeep.drawn.DrawnImages;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Features on disk, averaged, and of two networks. */
@Timeout(60)
class FeatureCacheTest {

  @TempDir Path root;
  private Images images;
  private Path cache;

  @BeforeEach
  void draw() {
    images = DrawnImages.noise(root.resolve("noise"), 1, 41, 57, 64, 40, 40, 95, 50, 50);
    cache = root.resolve("cache");
  }

  private static FeatureExtractor extractor(Configuration configuration, long seed) {
    Vgg net = Vgg.of(configuration).classes(3).width(1 / 16.0).input(32).build();
    return FeatureExtractor.of(
            Checkpoint.of(
                Parameters.initial(net, seed),
                List.of("x", "y", "z"),
                Preprocessing.paper(new Rgb(120, 110, 100)),
                Provenance.unknown()))
        .quiet();
  }

  private static void same(Features given, Features expected) {
    assertThat(given.toString()).isEqualTo(expected.toString());
    assertThat(given.classes()).isEqualTo(expected.classes());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(given.vector(i)).isEqualTo(expected.vector(i));
      assertThat(given.file(i)).isEqualTo(expected.file(i));
      assertThat(given.label(i)).isEqualTo(expected.label(i));
    }
  }

  private List<Path> kept() throws IOException {
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(cache)) {
      return all.filter(file -> file.toString().endsWith(".safetensors")).sorted().toList();
    }
  }

  @Test
  void theSameFeaturesAreFoundAgainWithoutTheNetwork() throws IOException {
    Features first = extractor(A, 1).scales(40).cache(cache).run(images);
    same(first, extractor(A, 1).scales(40).run(images));
    assertThat(kept()).hasSize(1);
    long written = Files.getLastModifiedTime(kept().get(0)).toMillis();
    Features again = extractor(A, 1).scales(40).cache(cache.toString()).run(images);
    same(again, first);
    assertThat(again.seconds()).as("as long as they took").isEqualTo(first.seconds());
    assertThat(Files.getLastModifiedTime(kept().get(0)).toMillis()).isEqualTo(written);
  }

  @Test
  void otherWeightsLayersScalesOrImagesAreOtherFeatures() throws IOException {
    extractor(A, 1).scales(40).cache(cache).run(images);
    extractor(A, 2).scales(40).cache(cache).run(images);
    extractor(A, 1).scales(40).layer("fc6").cache(cache).run(images);
    extractor(A, 1).scales(40).flipped(false).cache(cache).run(images);
    extractor(A, 1).scales(32).cache(cache).run(images);
    extractor(A, 1).scales(40).arithmetic(Arithmetic.DJL).cache(cache).run(images);
    extractor(A, 1).scales(40).cache(cache).run(images.subset(0, 1, 3));
    assertThat(kept()).hasSize(7);
  }

  @Test
  void eachLayerAndScaleIsFoundByItself() throws IOException {
    Map<String, Features> layers =
        extractor(A, 1).scales(32, 40).cache(cache).runByLayer(images, "pool4", "fc7");
    assertThat(kept()).hasSize(4);
    FileTime[] written = times();
    same(extractor(A, 1).scales(32, 40).cache(cache).run(images), layers.get("fc7"));
    FeatureExtractor one = extractor(A, 1).layer("pool4").scales(40);
    same(one.cache(cache).run(images), extractor(A, 1).layer("pool4").scales(40).run(images));
    FeatureExtractor mean = extractor(A, 1).scales(40, 32).averaged();
    same(mean.cache(cache).run(images), extractor(A, 1).scales(40, 32).averaged().run(images));
    assertThat(times()).as("nothing was made anew").isEqualTo(written);
    extractor(A, 1).scales(40, 48).cache(cache).run(images);
    assertThat(kept()).as("only Q=48 was missing").hasSize(5);
  }

  private FileTime[] times() throws IOException {
    List<FileTime> times = new ArrayList<>();
    for (Path file : kept()) {
      times.add(Files.getLastModifiedTime(file));
    }
    return times.toArray(FileTime[]::new);
  }

  @Test
  void anImageThatChangesUnderItsNameIsReadAgain() throws IOException {
    Features before = extractor(A, 1).scales(40).cache(cache).run(images);
    Files.copy(images.file(0), images.file(1), StandardCopyOption.REPLACE_EXISTING);
    Features changed = extractor(A, 1).scales(40).cache(cache).run(images);
    assertThat(changed.vector(1)).isEqualTo(changed.vector(0)).isNotEqualTo(before.vector(1));
    same(changed, extractor(A, 1).scales(40).run(images));
  }

  @Test
  void aStopLosesNoPartThatWasDone() throws IOException {
    int[] sizes = new int[2 * 150];
    Arrays.fill(sizes, 40);
    Images many = DrawnImages.noise(root.resolve("many"), 2, sizes);
    Path last = many.file(149);
    byte[] whole = Files.readAllBytes(last);
    Files.writeString(last, "no image yet");
    FeatureExtractor extractor = extractor(A, 1).scales(32).cache(cache);
    assertThatThrownBy(() -> extractor.run(many)).isInstanceOf(UnreadableImageException.class);
    assertThat(kept()).as("the first 128 images").hasSize(1);
    FileTime[] written = times();
    Files.write(last, whole);
    same(extractor.run(many), extractor(A, 1).scales(32).run(many));
    assertThat(kept()).hasSize(2);
    assertThat(times()).contains(written);
  }

  @Test
  void theSameImagesElsewhereAreFoundUnderTheirOwnNames() throws IOException {
    Features here = extractor(A, 1).scales(40).cache(cache).run(images);
    Path moved = root.resolve("moved");
    Files.move(root.resolve("noise"), moved);
    Images there = Images.folder(moved);
    Features found = extractor(A, 1).scales(40).cache(cache).run(there);
    assertThat(kept()).hasSize(1);
    assertThat(found.file(0)).isEqualTo(there.file(0));
    assertThat(found.vector(2)).isEqualTo(here.vector(2));
  }

  @Test
  void aDamagedFileIsMadeAnew() throws IOException {
    Features first = extractor(A, 1).scales(40).cache(cache).run(images);
    Files.writeString(kept().get(0), "damaged");
    same(extractor(A, 1).scales(40).cache(cache).run(images), first);
    extractor(A, 1).scales(40).run(images).write(kept().get(0));
    same(extractor(A, 1).scales(40).cache(cache).run(images), first);
    ImageActivations none = new ImageActivations(List.of(new float[256]), 1, "none");
    none.write(kept().get(0));
    same(extractor(A, 1).scales(40).cache(cache).run(images), first);
  }

  @Test
  void averagedFeaturesAreTheMeanOfTheScales() {
    Features both = extractor(A, 1).scales(32, 40).averaged().run(images);
    Features stacked = extractor(A, 1).scales(32, 40).run(images);
    assertThat(stacked.dimension()).isEqualTo(2 * both.dimension());
    assertThat(both.protocol()).isEqualTo("dense, Q=32,40, flipped, averaged");
    float[] halves = stacked.vector(1);
    int n = both.dimension();
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += Math.pow(halves[i] + halves[n + i], 2);
    }
    for (int i = 0; i < n; i++) {
      double expected = (halves[i] + halves[n + i]) / Math.sqrt(squares);
      assertThat((double) both.vector(1)[i]).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void twoNetworksAreStackedToLengthOne() {
    Features a = extractor(A, 1).scales(40).run(images);
    Features d = extractor(D, 1).scales(40).run(images);
    Features both = a.stackedWith(d);
    assertThat(both.network()).isEqualTo("fc7 of VGG A, width 0.0625 & fc7 of VGG D, width 0.0625");
    assertThat(both.protocol()).isEqualTo(a.protocol());
    float[] vector = both.vector(0);
    assertThat(vector).hasSize(a.dimension() + d.dimension());
    assertThat((double) vector[0]).isCloseTo(a.vector(0)[0] / Math.sqrt(2), within(1e-6));
    assertThat((double) vector[a.dimension() + 3])
        .isCloseTo(d.vector(0)[3] / Math.sqrt(2), within(1e-6));
    assertThatThrownBy(() -> a.stackedWith(d.subset(0, 1)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("different images");
  }

  @Test
  void featuresAreWrittenAndRead() throws IOException {
    Features features = extractor(A, 1).scales(40).run(images);
    same(
        Features.read(features.write(root.resolve("a/f.safetensors").toString()).toString()),
        features);
    Path text = Files.writeString(root.resolve("text"), "no features at all, only text");
    assertThatThrownBy(() -> Features.read(text))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(text.toString());
  }

  @Test
  void imagesByNameFindTheFeaturesOfTheSameImagesOnDisk() throws IOException {
    FeatureExtractor extractor = extractor(A, 1).scales(40).cache(cache);
    Features onDisk = extractor.run(images);
    List<String> before = files();
    Features byName = extractor.run(images.from(name -> Files.readAllBytes(Path.of(name))));
    assertThat(byName.vector(3)).isEqualTo(onDisk.vector(3));
    assertThat(files()).isEqualTo(before);
  }

  /** Path, size and time of such a file do not tell. */
  @Test
  void anImageOfAZipThatWasReplacedIsComputedAgain() throws IOException {
    FeatureExtractor extractor = extractor(A, 1).scales(40).cache(cache);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Path archive = root.resolve(i + ".zip");
      try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
        for (String name : List.of("/a/1.ppm", "/b/1.ppm")) {
          Files.createDirectories(zip.getPath(name).getParent());
          byte[] pixels = new byte[3 * 40 * 40];
          Arrays.fill(pixels, (byte) (10 + 100 * i));
          Files.write(zip.getPath(name), "P6 40 40 255\n".getBytes(StandardCharsets.US_ASCII));
          Files.write(zip.getPath(name), pixels, StandardOpenOption.APPEND);
          Files.setLastModifiedTime(zip.getPath(name), FileTime.fromMillis(1_600_000_000_000L));
        }
        vectors.add(extractor.run(Images.folder(zip.getPath("/"))).vector(0));
      }
    }
    assertThat(vectors.get(1)).isNotEqualTo(vectors.get(0));
  }

  private List<String> files() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file : files.sorted().toList()) {
        all.add(file + " " + Files.getLastModifiedTime(file));
      }
    }
    return all;
  }
}
