package verydeep.localization;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.cpu.Arithmetic;
import verydeep.data.Picture;
import verydeep.evaluation.Looks;
import verydeep.evaluation.View;
import verydeep.network.Activations;
import verydeep.network.ForwardPass;
import verydeep.weights.Checkpoint;

/** A classifier and localisation networks with their weights loaded, ready to look densely. */
final class DensePasses implements AutoCloseable {

  private final Checkpoint classifier;
  private final List<Localizer> localizers;
  private final List<Integer> scales;
  private final boolean mirrored;

  /** The classifier first. */
  private final List<ForwardPass> open = new ArrayList<>();

  DensePasses(
      Checkpoint classifier,
      List<Localizer> localizers,
      List<Integer> scales,
      boolean mirrored,
      int pictures) {
    this.classifier = classifier;
    this.localizers = localizers;
    this.scales = scales;
    this.mirrored = mirrored;
    try {
      open.add(load(classifier, pictures));
      localizers.forEach(localizer -> open.add(load(localizer.checkpoint(), pictures)));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private ForwardPass load(Checkpoint checkpoint, int pictures) {
    Looks looks = new Looks(View.dense(), scales, mirrored);
    double work = pictures * looks.multiplications(checkpoint.network(), "fc8");
    return Arithmetic.forWork(checkpoint.parameters(), work).load(checkpoint.parameters());
  }

  /** A picture as it is, and at each scale. */
  record Rescaled(Picture picture, Map<Integer, Picture> byScale) {}

  /** May run on another thread. */
  Rescaled rescaled(Picture picture) {
    Map<Integer, Picture> byScale = new LinkedHashMap<>();
    scales.forEach(scale -> byScale.put(scale, picture.rescale(scale)));
    return new Rescaled(picture, byScale);
  }

  List<BoxMap> looks(Rescaled rescaled) {
    List<BoxMap> looks = new ArrayList<>();
    rescaled
        .byScale()
        .forEach(
            (scale, picture) -> {
              add(looks, rescaled.picture(), scale, false, picture);
              if (mirrored) {
                add(looks, rescaled.picture(), scale, true, picture.mirror());
              }
            });
    return looks;
  }

  private void add(List<BoxMap> looks, Picture picture, int scale, boolean mirror, Picture seen) {
    Activations scores = run(open.get(0), classifier, seen);
    String[] classes = classifier.classes().toArray(String[]::new);
    for (int i = 0; i < localizers.size(); i++) {
      Localizer localizer = localizers.get(i);
      Activations boxes = run(open.get(i + 1), localizer.checkpoint(), seen);
      looks.add(new DenseLook(picture, scale, mirror, localizer, classes, scores, boxes));
    }
  }

  private static Activations run(ForwardPass pass, Checkpoint checkpoint, Picture picture) {
    int numbers = Math.multiplyExact(3, picture.width() * picture.height());
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(Math.multiplyExact(4, numbers))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    checkpoint.preprocessing().write(picture, pixels);
    return pass.run(pixels.flip(), 1, picture.height(), picture.width());
  }

  /** What computes; the networks' answers are joined where they differ. */
  String arithmetic() {
    return String.join("; ", open.stream().map(ForwardPass::arithmetic).distinct().toList());
  }

  @Override
  public void close() {
    open.forEach(ForwardPass::close);
  }
}
