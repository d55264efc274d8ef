package verydeep.localization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoxedImages;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.TrainingScale;
import verydeep.drawn.DrawnBoxes;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/**
 * A dense test of drawn images of two sizes in a process of its own, which keeps itself behind
 * every eight. Called with the folders of the images and of the test.
 */
final class ForkedLocalization {

  static final int IMAGES = 80;

  private ForkedLocalization() {}

  /** What the process runs; the seed is that of the classifier's weights. */
  static DenseLocalizer test(long seed) {
    Checkpoint classifier = net(List.of("disc", "square"), seed);
    Localizer perClass =
        Localizer.of(net(BoxRegression.perClass(classifier.classNames()).outputs(), 2));
    Localizer single = Localizer.of(net(BoxRegression.single().outputs(), 3));
    return DenseLocalizer.of(classifier, perClass, single).scales(64, 96).quiet().pause(0);
  }

  private static Checkpoint net(List<String> outputs, long seed) {
    Vgg network = Vgg.of(Configuration.A).width(1 / 16.0).input(64).classes(outputs.size()).build();
    Parameters drawn = Parameters.initial(network, seed);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    network.parameterShapes().forEach(s -> tensors.put(s.name(), drawn.get(s.name())));
    float[] halves = new float[outputs.size()];
    Arrays.fill(halves, 0.5f); // a box in the middle, from which the weights lead away
    tensors.put("fc8.bias", Tensor.of(List.of(halves.length), halves));
    tensors.computeIfPresent("fc8.weight", (name, weight) -> small(weight));
    Preprocessing gray = Preprocessing.paper(new Rgb(120, 120, 120));
    Parameters parameters = Parameters.of(network, tensors);
    return Checkpoint.of(parameters, outputs, gray, Provenance.unknown())
        .withTrainingScale(TrainingScale.fixed(64));
  }

  /** So small that boxes lie in the image. */
  private static Tensor small(Tensor weight) {
    float[] values = new float[weight.size()];
    weight.values().get(values);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 2e-3f;
    }
    return Tensor.of(weight.sizes(), values);
  }

  /** Drawn again they are the same. */
  static BoxedImages images(Path folder) {
    BoxedImages small = DrawnBoxes.shapes(folder.resolve("small"), IMAGES / 2, 64, 1);
    BoxedImages large = DrawnBoxes.shapes(folder.resolve("large"), IMAGES / 2, 72, 2);
    List<AnnotatedImage> mixed = new ArrayList<>();
    for (int i = 0; i < IMAGES / 2; i++) {
      mixed.add(small.annotated(i));
      mixed.add(large.annotated(i));
    }
    return BoxedImages.of(small.classes(), mixed);
  }

  public static void main(String[] arguments) {
    BoxedImages images = images(Path.of(arguments[0]));
    System.out.println(test(1).folder(arguments[1]).test(images));
  }
}
