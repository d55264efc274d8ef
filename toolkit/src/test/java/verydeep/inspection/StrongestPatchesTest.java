package verydeep.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.Goldens;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.BoundingBox;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.network.Configuration;
import verydeep.network.ImageTooSmallException;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** What channels answer to most, against a brute-force search by PyTorch and NumPy. */
class StrongestPatchesTest {

  private static final String[] LAYERS = {"conv1_2", "conv3_1", "conv4_3", "pool5"};

  @TempDir private Path folder;

  @Test
  void patchesAreThoseOfABruteForceSearch() throws IOException {
    StrongestPatches found =
        StrongestPatches.of(InspectionSamples.shipped(), InspectionSamples.photos(folder))
            .layers(LAYERS)
            .scale(48)
            .arithmetic(Arithmetic.DJL)
            .count(3)
            .quiet()
            .run();
    for (String layer : LAYERS) {
      float[] values = InspectionSamples.GOLDEN.floats("patches/" + layer + "/values");
      byte[] rows = InspectionSamples.GOLDEN.octets("patches/" + layer + "/rows");
      byte[] columns = InspectionSamples.GOLDEN.octets("patches/" + layer + "/columns");
      double largest = Goldens.largest(values);
      for (StrongestPatches.Channel channel : found.channels(layer)) {
        for (StrongestPatches.Patch patch : channel.patches()) {
          int at = 3 * channel.channel() + patch.index();
          assertThat((double) patch.activation()).isCloseTo(values[at], within(1e-5 * largest));
          if (patch.activation() > 0.01 * largest) { // below, two places may be equal in 32 bits
            assertThat(patch.row()).isEqualTo(rows[at]);
            assertThat(patch.column()).isEqualTo(columns[at]);
          }
        }
        assertThat(channel.patches().stream().map(StrongestPatches.Patch::activation).toList())
            .isSortedAccordingTo((one, other) -> Float.compare(other, one));
        long answers =
            Arrays.asList(0, 1, 2).stream()
                .filter(i -> values[3 * channel.channel() + i] > 1e-4 * largest)
                .count();
        assertThat(channel.patches().size()).isGreaterThanOrEqualTo((int) answers);
      }
    }
  }

  @Test
  void aPatchIsCutByReceptiveFieldStrideAndOffset() throws IOException {
    Images photos = InspectionSamples.photos(folder);
    StrongestPatches found =
        StrongestPatches.of(InspectionSamples.shipped(), photos)
            .layers("conv2_2")
            .scale(48)
            .count(1)
            .quiet()
            .run();
    for (StrongestPatches.Channel channel : found.channels("conv2_2")) {
      for (StrongestPatches.Patch patch : channel.patches()) {
        assertThat(patch.box().width()).isEqualTo(14);
        assertThat(patch.box().left()).isEqualTo(-6.0 + 2 * patch.column());
        assertThat(patch.box().top()).isEqualTo(-6.0 + 2 * patch.row());
        RgbImage cut = patch.image();
        assertThat(cut.width()).isEqualTo(14);
        int x = (int) -patch.box().left();
        int y = (int) -patch.box().top();
        RgbImage photo = InspectionSamples.photo(patch.index());
        if (x <= 0 && y <= 0) {
          assertThat(cut.red(0, 0)).isEqualTo(photo.red(-x, -y));
        } else {
          assertThat(cut.red(0, 0)).isEqualTo(124); // the padding, as the mean color
        }
      }
    }
  }

  @Test
  void aPatchOfAPartOfAFileIsCutFromThatPart() throws IOException {
    Images photos = InspectionSamples.photos(folder.resolve("whole"));
    List<BoundingBox> boxes =
        List.of(
            new BoundingBox(0, 0, 32, 32),
            new BoundingBox(20, 10, 52, 42),
            new BoundingBox(8, 16, 40, 48));
    for (int i = 0; i < boxes.size(); i++) {
      Path file = folder.resolve("parts").resolve("class" + i).resolve("photo.png");
      Files.createDirectories(file.getParent());
      ImageIO.write(photos.image(i).crop(boxes.get(i)).toBufferedImage(), "png", file.toFile());
    }
    StrongestPatches ofParts = strongest(photos.cutOut(boxes));
    StrongestPatches ofFiles = strongest(Images.folder(folder.resolve("parts")));
    for (StrongestPatches.Channel channel : ofParts.channels("conv2_2")) {
      var others = ofFiles.channel("conv2_2", channel.channel()).patches();
      assertThat(channel.patches().stream().map(StrongestPatches.Patch::image).toList())
          .isEqualTo(others.stream().map(StrongestPatches.Patch::image).toList());
    }
  }

  private static StrongestPatches strongest(Images images) {
    return StrongestPatches.of(InspectionSamples.shipped(), images)
        .layers("conv2_2")
        .scale(48)
        .count(2)
        .quiet()
        .run();
  }

  /** A channel of conv2_1 that answers to dark: to nothing in the images, and to the padding. */
  @Test
  void aChannelThatAnswersOnlyAtTheBorderIsMarked() throws IOException {
    Vgg network = Vgg.of(Configuration.A).width(1 / 64.0).convolutionsOnly().build();
    Map<String, Tensor> tensors = new HashMap<>();
    network.parameterShapes().forEach(shape -> tensors.put(shape.name(), zeros(shape.sizes(), 0)));
    float[] center = new float[27];
    center[4] = 1; // the red level itself, which is above 0 for all pixels
    tensors.put("conv1_1.weight", Tensor.of(List.of(1, 3, 3, 3), center));
    float[] sum = new float[18];
    Arrays.fill(sum, 0, 9, -1); // highest where neighbors are padding
    float[] both = Arrays.copyOf(sum, 18);
    both[9 + 4] = 1; // the other channel answers to bright pixels
    tensors.put("conv2_1.weight", Tensor.of(List.of(2, 1, 3, 3), both));
    tensors.put("conv2_1.bias", Tensor.of(List.of(2), 9 * 40f - 40, 0));
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.of(network, tensors),
            List.of(),
            Preprocessing.paper(new Rgb(0, 0, 0)),
            Provenance.unknown());
    BufferedImage plain = Painted.plain(64, 64, new Rgb(40, 40, 40)).toBufferedImage();
    for (String name : List.of("one/plain.png", "other/plain.png")) {
      Path file = folder.resolve("both").resolve(name);
      Files.createDirectories(file.getParent());
      ImageIO.write(plain, "png", file.toFile());
    }

    StrongestPatches found =
        StrongestPatches.of(checkpoint, Images.folder(folder.resolve("both")))
            .layers("conv2_1")
            .scale(64)
            .quiet()
            .run();
    assertThat(found.channel("conv2_1", 0).onlyAtBorder()).isTrue();
    assertThat(found.channel("conv2_1", 0)).asString().endsWith("only at the border");
    assertThat(found.channel("conv2_1", 1).onlyAtBorder()).isFalse();
  }

  private static Tensor zeros(List<Integer> sizes, float value) {
    float[] numbers = new float[sizes.stream().mapToInt(i -> i).reduce(1, (a, b) -> a * b)];
    Arrays.fill(numbers, value);
    return Tensor.of(sizes, numbers);
  }

  @Test
  void allLayersAreSearchedAtOnce() throws IOException {
    StrongestPatches found =
        StrongestPatches.of(InspectionSamples.small(), InspectionSamples.photos(folder))
            .scale(64)
            .quiet()
            .run();
    assertThat(found.layers()).hasSize(18).startsWith("conv1_1", "conv1_2", "pool1");
    assertThat(found).asString().contains("18 layers").contains("3 images at Q=64");
  }

  @Test
  void badRequestsAreRefused() throws IOException {
    Images photos = InspectionSamples.photos(folder);
    StrongestPatchesBuilder search = StrongestPatches.of(InspectionSamples.small(), photos);
    assertThatThrownBy(() -> search.layers("conv9_9"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("There is no layer");
    assertThatThrownBy(search::layers).hasMessageContaining("at least one layer");
    assertThatThrownBy(() -> search.scale(32)).isInstanceOf(ImageTooSmallException.class);
    assertThatThrownBy(() -> search.count(0)).isInstanceOf(VerydeepException.class);
    StrongestPatches found = search.layers("conv1_1").quiet().run();
    assertThatThrownBy(() -> found.channels("conv2_1"))
        .hasMessageContaining("was not searched; those that were are conv1_1");
    assertThatThrownBy(() -> found.channel("conv1_1", 2))
        .hasMessageContaining("whose channels are 0 to 1");
    Images none = photos.subset();
    assertThatThrownBy(() -> StrongestPatches.of(InspectionSamples.small(), none).run())
        .hasMessageContaining("at least one image");
  }
}
