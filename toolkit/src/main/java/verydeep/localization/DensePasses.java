package verydeep.localization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.cpu.Arithmetic;
import verydeep.data.Picture;
import verydeep.evaluation.Looks;
import verydeep.evaluation.ShapeBatches;
import verydeep.evaluation.View;
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
    return arithmetic(checkpoint, scales, mirrored, pictures).load(checkpoint.parameters());
  }

  /** By all of the work, also where a part of it is done: so a test goes on as it began. */
  static Arithmetic arithmetic(
      Checkpoint checkpoint, List<Integer> scales, boolean mirrored, int pictures) {
    Looks looks = new Looks(View.dense(), scales, mirrored);
    double work = pictures * looks.multiplications(checkpoint.network(), "fc8");
    return Arithmetic.forWork(checkpoint.parameters(), work);
  }

  /** A picture as it is, and at each scale. */
  record Rescaled(Picture picture, Map<Integer, Picture> byScale) {}

  /** May run on another thread. */
  Rescaled rescaled(Picture picture) {
    Map<Integer, Picture> byScale = new LinkedHashMap<>();
    scales.forEach(scale -> byScale.put(scale, picture.rescale(scale)));
    return new Rescaled(picture, byScale);
  }

  /** What all networks see of some pictures, which go through them together. */
  List<List<BoxMap>> looks(List<Rescaled> pictures) {
    List<List<Seen>> byPicture = pictures.stream().map(this::seen).toList();
    List<Seen> all = byPicture.stream().flatMap(List::stream).toList();
    List<DenseLook.Places> scores = run(0, classifier, all);
    List<List<DenseLook.Places>> boxes = new ArrayList<>();
    for (int i = 0; i < localizers.size(); i++) {
      boxes.add(run(i + 1, localizers.get(i).checkpoint(), all));
    }
    String[] classes = classifier.classes().toArray(String[]::new);
    List<List<BoxMap>> looks = new ArrayList<>();
    int k = 0;
    for (int picture = 0; picture < pictures.size(); picture++) {
      List<BoxMap> theirs = new ArrayList<>();
      for (Seen seen : byPicture.get(picture)) {
        for (int i = 0; i < localizers.size(); i++) {
          DenseLook.Places places = boxes.get(i).get(k);
          theirs.add(
              new DenseLook(seen.frame(), localizers.get(i), classes, scores.get(k), places));
        }
        k++;
      }
      looks.add(theirs);
    }
    return looks;
  }

  /** A picture as the networks see it, and how that came about. */
  private record Seen(DenseLook.Frame frame, Picture picture) {}

  private List<Seen> seen(Rescaled rescaled) {
    int width = rescaled.picture().width();
    int height = rescaled.picture().height();
    List<Seen> seen = new ArrayList<>();
    rescaled
        .byScale()
        .forEach(
            (scale, picture) -> {
              seen.add(new Seen(new DenseLook.Frame(width, height, scale, false), picture));
              if (mirrored) {
                DenseLook.Frame frame = new DenseLook.Frame(width, height, scale, true);
                seen.add(new Seen(frame, picture.mirror()));
              }
            });
    return seen;
  }

  private List<DenseLook.Places> run(int network, Checkpoint checkpoint, List<Seen> seen) {
    return new ShapeBatches(open.get(network), checkpoint.preprocessing(), List.of("fc8"))
        .run(
            seen.stream().map(Seen::picture).toList(),
            (layers, i) -> DenseLook.Places.of(layers.get(0), i));
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
