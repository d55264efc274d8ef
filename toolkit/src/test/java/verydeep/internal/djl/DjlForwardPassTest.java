package verydeep.internal.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.Goldens;
import verydeep.internal.images.Levels;
import verydeep.internal.passes.Activations;
import verydeep.network.MapShape;

/** What a forward pass does to its surroundings, and which activations it gives. */
class DjlForwardPassTest {

  private static final int IMAGE = 3 * 64 * 64;

  private final Goldens golden = Goldens.of("D");
  private final float[] pixels = golden.floats("input");
  private DjlForwardPass pass;

  @BeforeEach
  void load() {
    pass = DjlForwardPass.of(golden.parameters("weight"));
  }

  @AfterEach
  void close() {
    pass.close();
  }

  @Test
  void scoresDoNotDependOnTheBatch() {
    float[] together = pass.run(FloatBuffer.wrap(pixels), 3, 64, 64).values();
    for (int i = 0; i < 3; i++) {
      FloatBuffer one = FloatBuffer.wrap(pixels, i * IMAGE, IMAGE);
      float[] alone = pass.run(one, 1, 64, 64).values();
      assertThat(Goldens.difference(alone, Arrays.copyOfRange(together, 5 * i, 5 * i + 5)))
          .isLessThan(1e-5);
    }
  }

  @Test
  void levelsGiveTheBitsOfTheirNumbers() {
    Levels levels = Levels.allocate(3, 64 * 80);
    Random random = new Random(2);
    for (int i = 0; i < levels.bytes().capacity(); i++) {
      levels.bytes().put(i, (byte) random.nextInt());
    }
    for (int i = 0; i < levels.tables().capacity(); i++) {
      levels.tables().put(i, 50 * (float) random.nextGaussian());
    }
    List<String> layers = List.of("conv1_1", "fc8");
    List<Activations> looked = pass.run(levels, 64, 80, layers);
    List<Activations> given = pass.run(levels.floats(), 3, 64, 80, layers);
    for (int i = 0; i < layers.size(); i++) {
      assertThat(looked.get(i).shape()).isEqualTo(given.get(i).shape());
      assertThat(looked.get(i).values()).isEqualTo(given.get(i).values());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gradientModeStaysAsItWas(boolean gradients) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(gradients);
    try {
      pass.run(FloatBuffer.wrap(pixels), 3, 64, 64);
      assertThat(JniUtils.isGradMode()).isEqualTo(gradients);
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  @Test
  void gradientModeStaysAsItWasAlsoAfterAnError() {
    boolean before = JniUtils.isGradMode();
    try {
      pass.run(FloatBuffer.allocate(7), 1, 64, 64);
    } catch (RuntimeException e) {
      assertThat(JniUtils.isGradMode()).isEqualTo(before);
      return;
    }
    throw new AssertionError("seven numbers were taken for an image");
  }

  @Test
  void anyThreadMayRunIt() throws InterruptedException, ExecutionException {
    float[] here = pass.run(FloatBuffer.wrap(pixels), 3, 64, 64).values();
    List<Future<float[]>> there = new ArrayList<>();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < 3; i++) {
        there.add(threads.submit(() -> pass.run(FloatBuffer.wrap(pixels), 3, 64, 64).values()));
      }
      for (Future<float[]> scores : there) {
        assertThat(scores.get()).isEqualTo(here);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void responsesComeInTheOrderOfTheNames() {
    List<String> names = List.of("fc8", "pool5", "conv1_1", "fc7", "pool1");
    List<Activations> found = pass.run(FloatBuffer.wrap(pixels), 3, 64, 64, names);
    assertThat(found).extracting(Activations::layer).isEqualTo(names);
    assertThat(found)
        .extracting(Activations::shape)
        .containsExactly(
            new MapShape(5, 1, 1),
            new MapShape(16, 2, 2),
            new MapShape(2, 64, 64),
            new MapShape(128, 1, 1),
            new MapShape(2, 32, 32));
    assertThat(found.get(0).values()).isEqualTo(golden(names));
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv1_1", "conv5_3", "pool1", "pool5", "fc6", "fc7", "relu3_1"})
  void responseOfALayerIsTheSameAloneAndAmongOthersAndNeverNegative(String layer) {
    List<String> all = List.of(layer, "conv1_2", "conv5_3", "fc8");
    float[] among = pass.run(FloatBuffer.wrap(pixels), 3, 64, 64, all).get(0).values();
    float[] alone = pass.run(FloatBuffer.wrap(pixels), 3, 64, 64, List.of(layer)).get(0).values();
    assertThat(alone).isEqualTo(among);
    for (float value : alone) {
      assertThat(value).isNotNegative();
    }
  }

  @Test
  void layerNamedTwiceIsGivenTwice() {
    List<Activations> twice =
        pass.run(FloatBuffer.wrap(pixels), 3, 64, 64, List.of("fc7", "relu7", "fc7"));
    assertThat(twice).doesNotContainNull().hasSize(3);
    assertThat(twice.get(1).values()).isEqualTo(twice.get(0).values());
  }

  @Test
  void pixelsAreReadFromTheBuffersPosition() {
    FloatBuffer second = FloatBuffer.wrap(pixels, IMAGE, IMAGE);
    float[] scores = pass.run(second, 1, 64, 64).values();
    assertThat(second.position()).isEqualTo(IMAGE);
    float[] wanted = Arrays.copyOfRange(golden.floats("logits"), 5, 10);
    assertThat(Goldens.difference(scores, wanted)).isLessThan(1e-4);
  }

  @Test
  void oddSizesLoseTheirLastRowsInPooling() {
    float[] large = new float[3 * 95 * 127];
    Activations scores = pass.run(FloatBuffer.wrap(large), 1, 95, 127);
    assertThat(scores.shape()).isEqualTo(new MapShape(5, 1, 2));
    assertThat(scores.meanOverSpace(0)).hasSize(5);
  }

  private float[] golden(List<String> names) {
    return pass.run(FloatBuffer.wrap(pixels), 3, 64, 64, names.subList(0, 1)).get(0).values();
  }
}
