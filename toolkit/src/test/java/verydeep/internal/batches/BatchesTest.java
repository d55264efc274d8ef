package verydeep.internal.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.Augmentation;
import verydeep.data.ColorStatistics;
import verydeep.data.Goldens;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;
import verydeep.data.UnreadableImageException;
import verydeep.internal.images.Levels;

@Timeout(20)
class BatchesTest {
  private static final Rgb MEAN = new Rgb(120, 110, 100);
  private static final TrainingScale SCALE = TrainingScale.jittered(18, 30);

  @TempDir Path root;
  private Images images;
  private ColorStatistics colors;

  @BeforeEach
  void images() throws IOException {
    images = Goldens.images(root, 9, 8, 6);
    colors = ColorStatistics.of(images);
  }

  private BatchesBuilder paper() {
    return Batches.of(images)
        .window(16)
        .scale(SCALE)
        .augmentation(Augmentation.paper())
        .preprocessing(Preprocessing.paper(MEAN))
        .colors(colors)
        .size(5)
        .shuffled(7, 2);
  }

  /** A batch's label, index and values, copied: its buffer is used again. */
  private record Kept(List<Integer> labels, List<Integer> indices, List<Float> values) {}

  private static List<Kept> all(BatchesBuilder settings) {
    List<Kept> kept = new ArrayList<>();
    try (Batches batches = settings.open()) {
      for (Batch batch : batches) {
        List<Integer> labels = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
          labels.add(batch.labels()[i]);
          indices.add(batch.indices()[i]);
        }
        while (batch.pixels().hasRemaining()) {
          values.add(batch.pixels().get());
        }
        kept.add(new Kept(labels, indices, values));
      }
      assertThat(kept).hasSize(batches.count());
    }
    return kept;
  }

  @Test
  void everyExampleComesOnceAndTheLastBatchIsSmaller() {
    List<Kept> kept = all(paper());
    assertThat(kept).extracting(one -> one.labels().size()).containsExactly(5, 5, 5, 5, 3);
    List<Integer> indices = new ArrayList<>();
    for (Kept one : kept) {
      indices.addAll(one.indices());
      assertThat(one.values()).hasSize(one.labels().size() * 3 * 16 * 16);
      for (int i = 0; i < one.labels().size(); i++) {
        assertThat(one.labels().get(i)).isEqualTo(images.label(one.indices().get(i)));
      }
    }
    assertThat(indices).doesNotHaveDuplicates().hasSize(23).isNotEqualTo(indices.stream().sorted());
  }

  @Test
  void threadsDoNotChangeABit() {
    List<Kept> one = all(paper().threads(1));
    assertThat(all(paper().threads(2))).isEqualTo(one);
    assertThat(all(paper().threads(13))).isEqualTo(one);
  }

  @Test
  void seedAndEpochChangeTheOrderAndTheDraws() {
    List<Kept> one = all(paper());
    assertThat(all(paper().shuffled(7, 3))).isNotEqualTo(one);
    assertThat(all(paper().shuffled(8, 2))).isNotEqualTo(one);
  }

  @Test
  void batchSizeDoesNotChangeWhatAnExampleBecomes() {
    List<Float> fives = new ArrayList<>();
    all(paper()).forEach(one -> fives.addAll(one.values()));
    for (int size : new int[] {1, 4, 23, 100}) {
      List<Float> others = new ArrayList<>();
      all(paper().size(size)).forEach(one -> others.addAll(one.values()));
      assertThat(others).isEqualTo(fives);
    }
  }

  @Test
  void resumingGivesTheRestOfTheEpoch() {
    List<Kept> whole = all(paper());
    for (int first = 0; first <= whole.size(); first++) {
      assertThat(all(paper().from(first))).isEqualTo(whole.subList(first, whole.size()));
    }
  }

  @Test
  void fusedEqualsRescaleCropFlipShiftPreprocessOneByOne() {
    for (Preprocessing preprocessing :
        List.of(Preprocessing.paper(MEAN), Preprocessing.caffe(), Preprocessing.torchvision())) {
      for (Kept one : all(paper().preprocessing(preprocessing).size(1))) {
        int index = one.indices().get(0);
        Draw draw = Draw.of(Augmentation.paper(), SCALE, 7, 2, index);
        RgbImage rescaled = images.image(index).rescale(draw.scale());
        int left = (int) (draw.x() * (rescaled.width() - 16 + 1));
        int top = (int) (draw.y() * (rescaled.height() - 16 + 1));
        RgbImage crop = rescaled.crop(left, top, 16, 16);
        RgbImage turned = draw.flipped() ? crop.flip() : crop;
        Rgb shift = colors.shift(draw.a1(), draw.a2(), draw.a3());
        for (int i = 0; i < 3 * 16 * 16; i++) {
          float[] values = preprocessing.values(i / 256, shift);
          int channel = preprocessing.order().channel(i / 256);
          assertThat(one.values().get(i))
              .isEqualTo(values[level(turned, channel, i % 16, i / 16 % 16)]);
        }
      }
    }
  }

  private static int level(RgbImage image, int channel, int x, int y) {
    return switch (channel) {
      case 0 -> image.red(x, y);
      case 1 -> image.green(x, y);
      default -> image.blue(x, y);
    };
  }

  @Test
  void withoutAugmentationItIsTheCenterCropInOrder() {
    List<Kept> kept =
        all(Batches.of(images).window(17).preprocessing(Preprocessing.caffe()).size(1));
    for (int i = 0; i < images.size(); i++) {
      FloatBuffer plain = FloatBuffer.allocate(3 * 17 * 17);
      Preprocessing.caffe().write(images.image(i).rescale(17).centerCrop(17), plain);
      assertThat(kept.get(i).indices()).containsExactly(i);
      assertThat(kept.get(i).values()).containsSequence(plain.get(0), plain.get(1), plain.get(2));
      assertThat(kept.get(i).values().get(866)).isEqualTo(plain.get(866));
    }
  }

  /** Pure red, then pure blue: a network must not see one for the other. */
  @Test
  void redIsInTheFirstPlaneOfThePapersAndTheLastOfCaffes() throws IOException {
    Path folder = root.resolveSibling(root.getFileName() + "-colors");
    Goldens.write(RgbImage.of(1, 1, new byte[] {-1, 0, 0}), folder.resolve("red/1.png"));
    Goldens.write(RgbImage.of(1, 1, new byte[] {0, 0, -1}), folder.resolve("blue/1.png"));
    Images two = Images.folder(folder);
    List<Kept> rgb =
        all(Batches.of(two).window(1).preprocessing(Preprocessing.paper(Rgb.ZERO)).size(1));
    assertThat(rgb.get(0).values()).containsExactly(0f, 0f, 255f);
    assertThat(rgb.get(1).values()).containsExactly(255f, 0f, 0f);
    List<Kept> bgr = all(Batches.of(two).window(1).preprocessing(Preprocessing.caffe()).size(1));
    assertThat(bgr.get(0).values().get(0)).isGreaterThan(150);
    assertThat(bgr.get(1).values().get(2)).isGreaterThan(130);
  }

  @Test
  void buffersAreDirectAndInNativeOrder() {
    try (Batches batches = paper().open()) {
      Batch batch = batches.iterator().next();
      assertThat(batch.pixels().isDirect()).isTrue();
      assertThat(batch.pixels().order()).isEqualTo(ByteOrder.nativeOrder());
      assertThat(batch.pixels().position()).isZero();
      assertThat(batch.pixels().remaining()).isEqualTo(5 * 3 * 16 * 16);
    }
  }

  @Test
  void anUnreadableImageIsMetWhenItsBatchIs() throws IOException {
    Path bad = images.file(7);
    Files.writeString(bad, "no image");
    Files.writeString(images.file(9), "");
    for (int threads : new int[] {1, 4}) {
      BatchesBuilder settings =
          Batches.of(images).window(16).preprocessing(Preprocessing.caffe()).size(5);
      try (Batches batches = settings.threads(threads).open()) {
        Iterator<Batch> iterator = batches.iterator();
        assertThat(iterator.next().size()).isEqualTo(5);
        assertThatThrownBy(iterator::next)
            .isInstanceOf(UnreadableImageException.class)
            .hasMessageContaining(bad.toString());
        assertThat(iterator.hasNext()).isFalse();
      }
    }
  }

  @Test
  void wrongSettingsAreNamedWhenOpened() {
    assertSetting(Batches.of(images), "window is 0");
    assertSetting(Batches.of(images).window(16), "preprocessing");
    assertSetting(paper().window(19), "S=[18;30]");
    assertSetting(paper().size(0), "batch size is 0");
    assertSetting(paper().threads(0), "number of threads is 0");
    assertSetting(paper().from(6), "batch is 6; it must be from 0 to 5");
    assertSetting(paper().from(-1), "batch is -1");
    assertSetting(paper().window(9000).scale(TrainingScale.fixed(9000)).size(3), "2 GiB");
    assertSetting(
        Batches.of(images)
            .window(16)
            .preprocessing(Preprocessing.caffe())
            .augmentation(Augmentation.paper()),
        "colors(");
    images = images.subset();
    assertSetting(paper(), "no images to batch");
  }

  private static void assertSetting(BatchesBuilder settings, String message) {
    assertThatThrownBy(() -> settings.open().close())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining(message);
  }

  @Test
  void levelsLookedUpAreBitExact() {
    for (Preprocessing preprocessing :
        List.of(Preprocessing.paper(MEAN), Preprocessing.caffe(), Preprocessing.torchvision())) {
      assertThat(all(paper().preprocessing(preprocessing).levels()))
          .isEqualTo(all(paper().preprocessing(preprocessing)));
    }
  }

  @Test
  void onlyBatchesOpenedWithLevelsHaveThem() {
    try (Batches plain = paper().open();
        Batches levels = paper().levels().open()) {
      assertThat(plain.iterator().next().levels()).isEmpty();
      Batch batch = levels.iterator().next();
      Levels found = batch.levels().orElseThrow();
      assertThat(found.size()).isEqualTo(5);
      assertThat(found.bytes().remaining()).isEqualTo(5 * 3 * 16 * 16);
      assertThat(found.slice(1, 4).floats())
          .isEqualTo(batch.pixels().slice(3 * 16 * 16, 3 * 3 * 16 * 16));
    }
  }
}
