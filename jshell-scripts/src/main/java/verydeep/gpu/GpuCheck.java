package verydeep.gpu;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.device.Hardware;
import verydeep.internal.devices.Gpus;
import verydeep.weights.Checkpoint;

/**
 * A check that computes the same on GPUs and on the CPU and compares: a network's scores, one
 * training step, a short training, replicas, tests, features and localization, in each number
 * format. It then measures speeds. On a machine without a GPU, everything except for the GPU's own
 * number formats runs on the CPU. A failure is a line in the report; the rest continues.
 *
 * <pre>{@code
 * var report = GpuCheck.of(d, images).boxes(cells).run();
 * println(Tables.text(report.agreementTable()));
 * }</pre>
 */
public final class GpuCheck {

  private final Checkpoint convolutions;
  private final Images photos;
  private final BoxedImages boxes;
  private final int size;
  private final String python;
  private final Path peer;
  private final Consumer<String> progress;

  private GpuCheck(
      Checkpoint convolutions,
      Images photos,
      BoxedImages boxes,
      int size,
      String python,
      Path peer,
      Consumer<String> progress) {
    this.convolutions = convolutions;
    this.photos = photos;
    this.boxes = boxes;
    this.size = size;
    this.python = python;
    this.peer = peer;
    this.progress = progress;
  }

  /**
   * Creates a check.
   *
   * @param convolutions a network without fully connected layers, such as the shipped D; those
   *     needed for training are drawn at random
   * @param photos a few hundred photos of at least two classes
   * @return the check, which prints one line per finding
   */
  public static GpuCheck of(Checkpoint convolutions, Images photos) {
    return new GpuCheck(
        Objects.requireNonNull(convolutions, "convolutions"),
        Objects.requireNonNull(photos, "photos"),
        null,
        Gpus.count() > 0 ? 1920 : 320,
        null,
        null,
        System.out::println);
  }

  /**
   * Adds images with boxes, to check localization too.
   *
   * @param boxed images with boxes, of which one object each is used; without a GPU there is
   *     nothing to compare with
   * @return a check with boxes
   */
  public GpuCheck boxes(BoxedImages boxed) {
    return new GpuCheck(convolutions, photos, boxed, size, python, peer, progress);
  }

  /**
   * Sets how many photos a training has.
   *
   * @param photos 1920 by default on a GPU, 320 on a CPU; fewer if there are not as many
   * @return a check with that many
   */
  public GpuCheck photos(int photos) {
    return new GpuCheck(convolutions, this.photos, boxes, photos, python, peer, progress);
  }

  /**
   * Measures PyTorch for comparison.
   *
   * @param python a Python with torch and torchvision, such as that of a virtual environment
   * @param script {@code toolkit/src/benchmarks/python/gpu.py}
   * @return a check with PyTorch
   */
  public GpuCheck beside(String python, Path script) {
    return new GpuCheck(convolutions, photos, boxes, size, python, script, progress);
  }

  /**
   * Turns off progress.
   *
   * @return a check without progress
   */
  public GpuCheck quiet() {
    return new GpuCheck(convolutions, photos, boxes, size, python, peer, text -> {});
  }

  /**
   * Runs the check and the measurements, which takes some minutes.
   *
   * @return the report
   */
  public GpuReport run() {
    Hardware hardware = Hardware.here();
    int cards = hardware.usable();
    List<Device> devices =
        cards == 0
            ? List.of(Device.cpu())
            : IntStream.range(0, cards).mapToObj(Device::gpu).toList();
    Images some = photos.take(Math.min(size, photos.size()), 1);
    ForwardChecks forward = new ForwardChecks(convolutions, some);
    TrainingChecks training = new TrainingChecks(convolutions, some, devices);
    Speeds speeds = new Speeds(convolutions, some, devices, python, peer);
    List<GpuReport.Agreement> agreements = new ArrayList<>();
    Map<String, Supplier<List<GpuReport.Agreement>>> parts = new LinkedHashMap<>();
    parts.put("logits", forward::scores);
    parts.put("features", forward::features);
    parts.put("a step", training::steps);
    parts.put("replicas", training::replicas);
    parts.put("a short training", training::curves);
    parts.put("tests", () -> forward.tests(training.trained()));
    if (boxes != null && cards > 0) {
      parts.put("localization", () -> training.boxes(boxes));
    }
    parts.forEach(
        (what, part) -> {
          try {
            add(agreements, part.get());
            if (cards > 0) {
              add(agreements, List.of(MemoryCheck.twice(devices.get(0), part)));
            }
          } catch (RuntimeException | Error e) {
            add(agreements, List.of(GpuReport.Agreement.failed(what, "", e)));
          }
        });
    List<GpuReport.Speed> measured = new ArrayList<>();
    for (Supplier<List<GpuReport.Speed>> part : speeds.parts()) {
      List<GpuReport.Speed> found;
      try {
        found = part.get();
      } catch (RuntimeException | Error e) {
        found = List.of(new GpuReport.Speed("a speed", e.toString(), Double.NaN, Double.NaN));
      }
      for (GpuReport.Speed speed : found) {
        measured.add(speed);
        progress.accept(speed.toString());
      }
      Gpus.empty(); // what follows may be another process
    }
    return new GpuReport(hardware, agreements, measured);
  }

  private void add(List<GpuReport.Agreement> all, List<GpuReport.Agreement> some) {
    for (GpuReport.Agreement agreement : some) {
      all.add(agreement);
      progress.accept(agreement.toString());
    }
  }
}
