package verydeep.gpu;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.EvaluationBuilder;
import verydeep.evaluation.Prediction;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.batches.Batch;
import verydeep.internal.batches.Batches;
import verydeep.internal.devices.Gpus;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.weights.Checkpoint;

/** Compares DJL's forward passes with this toolkit's own kernels on the CPU. */
final class ForwardChecks {

  private static final int FEW = 8;

  /** Images in a test: more than go through a network at once. */
  private static final int SOME = 96;

  private final Checkpoint convolutions;
  private final Images images;

  ForwardChecks(Checkpoint convolutions, Images images) {
    this.convolutions = convolutions;
    this.images = images;
  }

  /** The arithmetics by allowed difference; on a CPU, TF32 is the same as 32 bits. */
  private static Map<Arithmetic, Double> arithmetics(double exact, double short11, double half) {
    Map<Arithmetic, Double> allowed = new LinkedHashMap<>();
    allowed.put(Arithmetic.DJL, exact);
    if (Gpus.count() > 0) {
      allowed.put(Arithmetic.DJL_TF32, short11);
      allowed.put(Arithmetic.DJL_FLOAT16, half);
    }
    return allowed;
  }

  private static List<GpuReport.Agreement> each(
      String what,
      String measure,
      Map<Arithmetic, Double> allowed,
      ToDoubleFunction<Arithmetic> difference) {
    List<GpuReport.Agreement> agreements = new ArrayList<>();
    allowed.forEach(
        (arithmetic, most) -> {
          try {
            double found = difference.applyAsDouble(arithmetic);
            agreements.add(GpuReport.Agreement.of(what, numbers(arithmetic), measure, found, most));
          } catch (RuntimeException | Error e) {
            agreements.add(GpuReport.Agreement.failed(what, numbers(arithmetic), e));
          }
        });
    return agreements;
  }

  static String numbers(Arithmetic arithmetic) {
    return switch (arithmetic) {
      case DJL_TF32 -> "TF32";
      case DJL_FLOAT16 -> "16 bits";
      case BF16 -> "bfloat16";
      default -> "float32";
    };
  }

  /**
   * Compares the scores of a whole network: the given convolutions and randomly drawn layers after
   * them.
   */
  List<GpuReport.Agreement> scores() {
    Vgg network =
        convolutions.network().with().classifier().classes(1000).input(224).dropout(0).build();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Parameters drawn = Parameters.initial(network, 1);
    for (String name : drawn.names()) {
      tensors.put(
          name, name.startsWith("fc") ? drawn.get(name) : convolutions.parameters().get(name));
    }
    Parameters all = Parameters.of(network, tensors);
    Images few = images.some(Math.min(FEW, images.size()), 1);
    try (Batches batches =
        Batches.of(few)
            .window(224)
            .preprocessing(convolutions.preprocessing())
            .size(few.size())
            .open()) {
      Batch batch = batches.iterator().next();
      float[] expected = scores(all, Arithmetic.EXACT, batch);
      return each(
          "logits of " + network.label(),
          "of the largest",
          arithmetics(1e-5, 1e-2, 1e-2),
          arithmetic -> Compared.toLargest(scores(all, arithmetic, batch), expected));
    }
  }

  private static float[] scores(Parameters parameters, Arithmetic arithmetic, Batch batch) {
    try (ForwardPass pass = Arithmetics.load(arithmetic, parameters)) {
      FloatBuffer pixels = batch.pixels();
      return pass.run(pixels, batch.size(), 224, 224).values();
    }
  }

  /** Compares pool5 of some images. */
  List<GpuReport.Agreement> features() {
    Images some = images.some(Math.min(SOME, images.size()), 2);
    Features expected = features(some, Arithmetic.EXACT);
    return each(
        "pool5 of " + convolutions.network().label(),
        "of the largest",
        arithmetics(1e-5, 1e-2, 1e-2),
        arithmetic -> {
          Features given = features(some, arithmetic);
          double most = 0;
          for (int i = 0; i < given.size(); i++) {
            most = Math.max(most, Compared.toLargest(given.vector(i), expected.vector(i)));
          }
          return most;
        });
  }

  private Features features(Images some, Arithmetic arithmetic) {
    return FeatureExtractor.of(convolutions)
        .layer("pool5")
        .scales(160)
        .arithmetic(arithmetic)
        .quiet()
        .run(some);
  }

  /**
   * Compares the posteriors of a trained network, by a center crop, densely, and by 5x5 crops of
   * some images.
   */
  List<GpuReport.Agreement> tests(Checkpoint trained) {
    Images some = images.some(Math.min(SOME, images.size()), 3);
    Images few = images.some(Math.min(FEW, images.size()), 3);
    int side = trained.network().input();
    EvaluationBuilder test = Evaluation.of(trained, some).quiet();
    EvaluationBuilder crops = Evaluation.of(trained, few).quiet();
    List<GpuReport.Agreement> agreements = new ArrayList<>();
    for (EvaluationBuilder view :
        List.of(
            test.centerCrop().scales(side),
            test.dense().scales(side, side * 5 / 4),
            crops.multiCrop().scales(side * 5 / 4))) {
      Evaluation expected = view.arithmetic(Arithmetic.EXACT).run();
      agreements.addAll(
          each(
              "posteriors, " + expected.protocol(),
              "at most",
              arithmetics(1e-4, 1e-2, 1e-2),
              arithmetic -> difference(view.arithmetic(arithmetic).run(), expected)));
    }
    return agreements;
  }

  private static double difference(Evaluation given, Evaluation expected) {
    double most = 0;
    for (int i = 0; i < expected.predictions().size(); i++) {
      Prediction a = given.predictions().get(i);
      Prediction b = expected.predictions().get(i);
      for (int k = 0; k < expected.classes().size(); k++) {
        most = Math.max(most, Math.abs((double) a.score(k) - b.score(k)));
      }
    }
    return most;
  }
}
