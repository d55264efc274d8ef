package verydeep.gpu;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import verydeep.cpu.Arithmetic;
import verydeep.data.Augmentation;
import verydeep.data.ColorStatistics;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.data.TrainingScale;
import verydeep.evaluation.Evaluation;
import verydeep.internal.batches.Batch;
import verydeep.internal.batches.Batches;
import verydeep.internal.devices.Gpus;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.training.Epoch;
import verydeep.training.Precision;
import verydeep.training.Recipe;
import verydeep.training.Training;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.weights.Checkpoint;

/** Images per second, including reading files, decoding and augmentation. */
final class Speeds {

  private final Checkpoint convolutions;
  private final Images images;
  private final List<Device> devices;
  private final String python;
  private final Path peer;

  Speeds(Checkpoint convolutions, Images images, List<Device> devices, String python, Path peer) {
    this.convolutions = convolutions;
    this.images = images;
    this.devices = devices;
    this.python = python;
    this.peer = peer;
  }

  /** The measurements, one after another. */
  List<Supplier<List<GpuReport.Speed>>> parts() {
    List<Supplier<List<GpuReport.Speed>>> parts = new ArrayList<>();
    parts.add(() -> List.of(loading(1), loading(Runtime.getRuntime().availableProcessors())));
    boolean cards = Gpus.count() > 0;
    for (Precision precision : cards ? Precision.values() : new Precision[] {Precision.FLOAT32}) {
      parts.add(() -> training(precision));
    }
    for (Arithmetic arithmetic :
        cards
            ? new Arithmetic[] {Arithmetic.DJL, Arithmetic.DJL_TF32, Arithmetic.DJL_FLOAT16}
            : new Arithmetic[] {Arithmetic.DJL}) {
      parts.add(() -> testing(arithmetic));
    }
    if (cards && peer != null) {
      parts.add(() -> new PyTorch(python, peer).speeds());
    }
    return parts;
  }

  /**
   * Measures loading alone: the paper's augmentation, decoded and preprocessed by several threads.
   */
  private GpuReport.Speed loading(int threads) {
    Images some = images.some(Math.min(images.size(), 100 * threads), 7);
    long start = 0;
    int seen = 0;
    int size = Math.min(32, Math.max(1, some.size() / 4));
    try (Batches batches =
        Batches.of(some)
            .window(224)
            .scale(TrainingScale.jittered(256, 512))
            .augmentation(Augmentation.paper())
            .colors(ColorStatistics.of(some))
            .preprocessing(convolutions.preprocessing())
            .size(size)
            .levels()
            .threads(threads)
            .open()) {
      for (Batch batch : batches) {
        if (start == 0) {
          start = System.nanoTime(); // the first batch warms up
        } else {
          seen += batch.size();
        }
      }
    }
    return new GpuReport.Speed(
        "loading, S=[256;512], 224",
        threads + (threads == 1 ? " thread" : " threads"),
        seen / ((System.nanoTime() - start) / 1e9),
        Double.NaN);
  }

  /** Measures the second of two epochs: D at 224 on a GPU, the main job's net on a CPU. */
  private List<GpuReport.Speed> training(Precision precision) {
    boolean cards = Gpus.count() > 0;
    int classes = images.classes().size();
    Vgg network =
        cards
            ? Vgg.of(Configuration.D).classes(classes).build()
            : Vgg.of(Configuration.A).classes(classes).width(0.25).input(64).build();
    Split<Images> split = images.split(0.95, 1);
    Training run =
        Training.of(network, split)
            .recipe(Recipe.paper().batch(cards ? 128 : 32).rate(1e-4).epochs(2))
            .scale(cards ? TrainingScale.jittered(256, 512) : TrainingScale.jittered(64, 96))
            .devices(devices.toArray(Device[]::new))
            .precision(precision)
            .quiet()
            .run();
    Epoch second = run.epochs().get(run.epochs().size() - 1);
    return List.of(
        new GpuReport.Speed(
            "training " + network.label() + " at " + network.input() + ", from files",
            precision.toString(),
            second.imagesPerSecond(),
            second.secondsWaited() / second.seconds()));
  }

  private List<GpuReport.Speed> testing(Arithmetic arithmetic) {
    String numbers = ForwardChecks.numbers(arithmetic);
    int many = Gpus.count() > 0 ? images.size() : Math.min(32, images.size());
    Images some = images.some(many, 8);
    Features features =
        FeatureExtractor.of(convolutions)
            .layer("pool5")
            .scales(256)
            .flipped(false)
            .arithmetic(arithmetic)
            .quiet()
            .run(some);
    List<GpuReport.Speed> speeds = new ArrayList<>();
    speeds.add(
        new GpuReport.Speed(
            "features, pool5, Q=256, from files",
            numbers,
            some.size() / features.seconds(),
            Double.NaN));
    Vgg network =
        convolutions.network().with().classifier().classes(images.classes().size()).build();
    Checkpoint whole =
        Checkpoint.of(
            Parameters.initial(network, 1),
            images.classes(),
            convolutions.preprocessing(),
            convolutions.provenance());
    Evaluation crop =
        Evaluation.of(whole, some).centerCrop().scales(256).arithmetic(arithmetic).quiet().run();
    Images few = some.some(Math.max(1, many / 4), 9);
    Evaluation dense =
        Evaluation.of(whole, few).dense().scales(256, 384).arithmetic(arithmetic).quiet().run();
    for (Evaluation test : List.of(crop, dense)) {
      speeds.add(
          new GpuReport.Speed(
              "testing " + network.label() + ", " + test.protocol() + ", from files",
              numbers,
              test.predictions().size() / test.seconds(),
              test.waiting().orElse(Double.NaN)));
    }
    return speeds;
  }
}
