package verydeep.internal.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.Goldens;
import verydeep.PythonPeer;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.internal.batches.Batch;
import verydeep.internal.batches.Batches;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * The gradients of whole networks at full width on real images, beside PyTorch in 64 bits: {@code
 * mvn test -pl toolkit -Dtest=FixedDecisionsTest -Dlosses.python=/path/to/python}, with the
 * packages of src/test/python. In a wide network rounding decides some ReLU or maximum otherwise,
 * and then the gradients differ by more than rounding; so PyTorch is given ours.
 */
@EnabledIfSystemProperty(named = "losses.python", matches = ".+")
class FixedDecisionsTest {

  private static final int IMAGES = 2;
  private static final int CLASSES = 10;
  private static final int SIDE = 64;
  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"A", "A_LRN", "B", "C", "D", "E", "B_5X5", "A_bn", "B_bn", "D_bn", "E_bn"})
  void gradientsEqualPyTorchs(String name) throws IOException, InterruptedException {
    boolean batchNorm = name.endsWith("_bn");
    Configuration configuration = Configuration.valueOf(name.replace("_bn", ""));
    Vgg net =
        Vgg.of(configuration).classes(CLASSES).input(SIDE).dropout(0).batchNorm(batchNorm).build();
    Parameters parameters = Parameters.initial(net, 1);
    Batch batch = batch();
    float[] pixels = array(batch.pixels().duplicate());
    int[] labels = batch.labels();
    PythonPeer peer = new PythonPeer(folder);
    peer.write(parameters);
    peer.write("pixels.f32", List.of(pixels));
    peer.write("labels.i32", labels);
    Set<String> all =
        net.parameterShapes().stream()
            .filter(ParameterShape::learned)
            .map(ParameterShape::name)
            .collect(Collectors.toSet());
    for (Winograd form : new Winograd[] {Winograd.FOUR, Winograd.TWO}) {
      Learning learning = new Learning(all);
      Team team = Team.SHARED;
      Workspace workspace = new Workspace(team.size());
      ConvolutionChain chain = new ConvolutionChain(parameters, learning, form, team, workspace);
      UnitChain units = new UnitChain(parameters, learning, true, team, workspace);
      team.take();
      try {
        chain.begin();
        units.begin();
        chain.beginShare();
        Maps maps = chain.forward(FloatBuffer.wrap(pixels), 0, IMAGES);
        peer.write("decisions.f32", decisions(net, chain.memory()));
        peer.run("fixed_decisions.py", configuration, batchNorm, 1, CLASSES, SIDE)
            .forEach(line -> System.out.println(name + ", " + form + ", " + line));
        float[][] kept = {array(peer.read("drop6.f32")), array(peer.read("drop7.f32"))};
        TrainingPass.Masks masks =
            (layer, image) -> {
              int count = net.units();
              return Arrays.copyOfRange(kept[layer], image * count, (image + 1) * count);
            };
        units.run(maps, 0, masks, TrainingPassTest.softmax(labels));
        chain.backward(0, IMAGES);
        chain.finish();
      } finally {
        team.release();
      }
      compare(name + ", " + form, net, learning, peer.read("gradients.f32"));
    }
  }

  private static void compare(String what, Vgg net, Learning learning, FloatBuffer wanted) {
    double largest = 0;
    for (ParameterShape shape : net.parameterShapes()) {
      if (!shape.learned()) {
        continue;
      }
      float[] given = learning.of(shape).gradientTensor().toArray();
      float[] right = new float[given.length];
      wanted.get(right);
      if (TrainingPassTest.isNormalized(net, shape)) {
        continue; // the gradient is 0, and ours the rounding of large numbers
      }
      double error = Goldens.difference(given, right) / Goldens.largest(right);
      assertThat(error).as("%s, gradient of %s", what, shape.name()).isLessThan(TOLERANCE);
      largest = Math.max(largest, error);
    }
    System.out.printf("%s: errors of gradients up to %.1e%n", what, largest);
  }

  private static Batch batch() {
    Images images = Images.folder("../datasets/clothing/train").take(10 * IMAGES, 1);
    try (Batches batches =
        Batches.of(images)
            .window(SIDE)
            .preprocessing(Preprocessing.caffe())
            .size(IMAGES)
            .shuffled(1, 0)
            .open()) {
      return batches.iterator().next();
    }
  }

  /** What the ReLUs and maxima of each stage have decided, channels first. */
  private static List<float[]> decisions(Vgg net, ChainMemory memory) {
    List<float[]> all = new ArrayList<>();
    List<Stage> stages = Stage.of(net);
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      Maps kept = memory.kept(i, IMAGES);
      float[] positive = positive(kept);
      if (stage.normalization() != null) {
        all.add(positive(memory.unnormalized(i, IMAGES)));
      }
      if (stage.pools()) {
        Maps choices =
            new Maps(memory.choices(i), kept.first(), IMAGES, kept.shape(), kept.pixel());
        float[] numbers = plain(choices);
        for (int k = 0; k < positive.length; k++) {
          boolean counts = positive[k] > 0 || stage.normalization() != null;
          positive[k] = counts ? 1 + numbers[k] : 0;
        }
      }
      all.add(positive);
    }
    return all;
  }

  private static float[] positive(Maps maps) {
    float[] values = plain(maps);
    for (int k = 0; k < values.length; k++) {
      values[k] = values[k] > 0 ? 1 : 0;
    }
    return values;
  }

  private static float[] plain(Maps maps) {
    int size = maps.shape().channels() * maps.shape().height() * maps.shape().width();
    float[] values = new float[maps.images() * size];
    IntStream.range(0, maps.images()).forEach(image -> maps.copyTo(image, values, image * size));
    return values;
  }

  private static float[] array(FloatBuffer numbers) {
    float[] values = new float[numbers.remaining()];
    numbers.get(values);
    return values;
  }
}
