package verydeep.gpu;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.data.Augmentation;
import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.data.TrainingScale;
import verydeep.internal.devices.Gpus;
import verydeep.localization.Localizer;
import verydeep.network.Configuration;
import verydeep.network.Initialization;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.training.Precision;
import verydeep.training.Recipe;
import verydeep.training.Training;
import verydeep.training.TrainingBuilder;
import verydeep.weights.Checkpoint;

/** Compares steps and trainings on the devices with the CPU in 32 bits. */
final class TrainingChecks {

  private static final double RATE = 0.001;

  /** The change allowed in a step when rounding flips a ReLU or a maximum. */
  private static final double FLIPS = 0.1;

  private final Checkpoint convolutions;
  private final Images images;
  private final List<Device> devices;
  private Training trained;

  TrainingChecks(Checkpoint convolutions, Images images, List<Device> devices) {
    this.convolutions = convolutions;
    this.images = images;
    this.devices = devices;
  }

  private boolean onCards() {
    return Gpus.count() > 0;
  }

  /** Returns the precisions to check: on a CPU, 32 bits would be compared with themselves. */
  private List<Precision> precisions() {
    return onCards() ? List.of(Precision.values()) : List.of(Precision.MIXED);
  }

  /**
   * Compares one step of the given network at 224 pixels on a few images; on a CPU, of a narrow
   * one.
   */
  List<GpuReport.Agreement> steps() {
    Images few = images.some(Math.min(4, images.size()), 4);
    Vgg network =
        onCards()
            ? convolutions
                .network()
                .with()
                .classifier()
                .classes(few.classes().size())
                .input(224)
                .dropout(0)
                .build()
            : small(few, 0);
    String what = "a step of " + network.label() + " at " + network.input();
    Parameters before = step(network, few, List.of(Device.cpu()), Precision.FLOAT32, 0);
    Parameters expected = step(network, few, List.of(Device.cpu()), Precision.FLOAT32, 1);
    List<GpuReport.Agreement> agreements = new ArrayList<>();
    for (Precision precision : precisions()) {
      try {
        Parameters given = before;
        // the first steps of mixed precision may only find its scale and change nothing
        for (int steps = 1; steps <= 12 && Compared.same(given, before); steps++) {
          given = step(network, few, devices.subList(0, 1), precision, steps);
        }
        double allowed = precision == Precision.FLOAT32 ? FLIPS : 0.2;
        agreements.add(
            GpuReport.Agreement.of(
                what,
                precision.toString(),
                "of the step",
                Compared.steps(given, expected, before),
                allowed));
      } catch (RuntimeException | Error e) {
        agreements.add(GpuReport.Agreement.failed(what, precision.toString(), e));
      }
    }
    return agreements;
  }

  private static Vgg small(Images images, double dropout) {
    return Vgg.of(Configuration.A)
        .classes(images.classes().size())
        .width(0.25)
        .input(64)
        .dropout(dropout)
        .build();
  }

  /** Returns the weights after some steps on a few images, starting from the convolutions. */
  private Parameters step(
      Vgg network, Images few, List<Device> on, Precision precision, int steps) {
    TrainingBuilder training =
        Training.of(network, few, few)
            .recipe(
                Recipe.paper()
                    .batch(few.size())
                    .rate(steps == 0 ? 1e-30 : RATE)
                    .epochs(Math.max(1, steps)))
            .augmentation(Augmentation.none())
            .devices(on.toArray(Device[]::new))
            .precision(precision)
            .quiet();
    if (network.label().equals(convolutions.network().label())) {
      training = training.startFrom(convolutions);
    }
    return training.run().last().parameters();
  }

  /** Compares two replicas on one device, or one on each GPU, with a single one. */
  List<GpuReport.Agreement> replicas() {
    Images few = images.some(Math.min(12, images.size()), 5);
    Vgg network = small(few, 0.5);
    List<Device> several = devices.size() > 1 ? devices : Collections.nCopies(2, devices.get(0));
    String what =
        several.size()
            + " replicas on "
            + devices.size()
            + (devices.size() == 1 ? " device" : " devices");
    try {
      Parameters before = step(network, few, devices.subList(0, 1), Precision.FLOAT32, 0);
      Parameters one = step(network, few, devices.subList(0, 1), Precision.FLOAT32, 1);
      Parameters many = step(network, few, several, Precision.FLOAT32, 1);
      double found = Compared.steps(many, one, before);
      return List.of(GpuReport.Agreement.of(what, "float32", "of one's step", found, FLIPS));
    } catch (RuntimeException | Error e) {
      return List.of(GpuReport.Agreement.failed(what, "float32", e));
    }
  }

  /** Compares the losses of a short training of the main job's network. */
  List<GpuReport.Agreement> curves() {
    Training expected = curve(List.of(Device.cpu()), Precision.FLOAT32);
    trained = expected;
    List<GpuReport.Agreement> agreements = new ArrayList<>();
    for (Precision precision : precisions()) {
      String what = "losses of " + expected.epochs().size() + " epochs";
      try {
        Training given = curve(devices, precision);
        double most =
            IntStream.range(0, expected.epochs().size())
                .mapToDouble(
                    i -> given.epochs().get(i).loss() / expected.epochs().get(i).loss() - 1)
                .map(Math::abs)
                .max()
                .orElseThrow();
        agreements.add(
            GpuReport.Agreement.of(what, precision.toString(), "of the loss, at most", most, 0.05));
      } catch (RuntimeException | Error e) {
        agreements.add(GpuReport.Agreement.failed(what, precision.toString(), e));
      }
    }
    return agreements;
  }

  private Training curve(List<Device> on, Precision precision) {
    // in mixed precision a CPU takes a second for each image; of so few steps the first only find
    // the scale, so that the losses are comparable where the weights hardly move
    boolean cards = onCards();
    Images some = images.some(Math.min(cards ? 256 : 16, images.size()), 6);
    return Training.of(small(images, 0.5), some, some)
        .recipe(
            Recipe.paper().batch(cards ? 32 : 4).rate(cards ? 0.002 : 1e-6).epochs(cards ? 3 : 2))
        .scale(TrainingScale.jittered(64, 96))
        .devices(on.toArray(Device[]::new))
        .precision(precision)
        .quiet()
        .run();
  }

  /** Returns the network that the CPU trained. */
  Checkpoint trained() {
    return (trained == null ? curve(List.of(Device.cpu()), Precision.FLOAT32) : trained).last();
  }

  /** Compares the loss of a localizer's first epoch. */
  List<GpuReport.Agreement> boxes(BoxedImages images) {
    BoxedImages some = images.eachObject().some(Math.min(64, images.size()), 1);
    Split<BoxedImages> split = some.split(0.75, 1);
    String what = "localization, loss of an epoch";
    try {
      double expected = boxes(split, List.of(Device.cpu()));
      double given = boxes(split, devices);
      return List.of(
          GpuReport.Agreement.of(
              what, "float32", "of the loss", Math.abs(given / expected - 1), 0.02));
    } catch (RuntimeException | Error e) {
      return List.of(GpuReport.Agreement.failed(what, "float32", e));
    }
  }

  private double boxes(Split<BoxedImages> split, List<Device> on) {
    return Localizer.from(convolutions, split)
        .single()
        .fullyConnectedOnly()
        .units(64)
        .input(96)
        .dropout(0)
        .initialization(Initialization.paper())
        .scale(TrainingScale.fixed(112))
        .recipe(Recipe.paper().batch(8).rate(0.003).epochs(1))
        .training(t -> t.devices(on.toArray(Device[]::new)).quiet())
        .run()
        .epochs()
        .get(0)
        .loss();
  }
}
