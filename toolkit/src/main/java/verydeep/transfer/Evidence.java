package verydeep.transfer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;
import verydeep.inspection.Attribution;
import verydeep.inspection.AttributionMap;
import verydeep.internal.inference.ClassNames;

/** What each place of an image adds to the decision values of a linear classifier. */
final class Evidence {

  /** Classes, where none is named. */
  private static final int USUAL = 3;

  private Evidence() {}

  static Attribution of(SvmModel model, RgbImage image, String... names) {
    EvidenceNode root = EvidenceNode.of(model.source(), image);
    Hyperplanes planes = model.planes();
    float[] scores = planes.decide(root.vector());
    List<ViewEvidence> views = root.views();
    Cells rows = finest(views.stream().map(ViewEvidence::rows));
    Cells columns = finest(views.stream().map(ViewEvidence::columns));
    List<AttributionMap> maps = new ArrayList<>();
    for (int label : chosen(planes, names, scores)) {
      float[] plane = planes.weights(label);
      double[] weights = new double[planes.dimension()];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = plane[i];
      }
      double[] sums = new double[rows.count() * columns.count()];
      root.trace(weights, (view, channels) -> view.add(channels, rows, columns, sums));
      maps.add(
          AttributionMap.of(
              planes.classes().get(label),
              scores[label],
              plane[weights.length],
              grid(rows, columns, image),
              rounded(sums)));
    }
    return Attribution.of(
        "Evidence of " + model.name(), "parts of the decision value", image, model.kind(), maps);
  }

  private static List<Integer> chosen(Hyperplanes planes, String[] names, float[] scores) {
    if (names.length == 0) {
      return IntStream.range(0, scores.length)
          .filter(k -> planes.weights(k) != null)
          .boxed()
          .sorted(Comparator.comparingDouble((Integer k) -> -scores[k]))
          .limit(USUAL)
          .toList();
    }
    List<Integer> labels =
        Stream.of(names).map(name -> ClassNames.find(planes.classes(), name)).distinct().toList();
    for (int label : labels) {
      if (planes.weights(label) == null) {
        throw new VerydeepException(
            "Class \"%s\" had no image in the training, so the classifier has no evidence of it."
                .formatted(planes.classes().get(label)));
      }
    }
    return labels;
  }

  /** The cells of an image that is not flipped, as many as the finest map has. */
  private static Cells finest(Stream<Cells> all) {
    Cells most = all.max(Comparator.comparingInt(Cells::count)).orElseThrow();
    return most.distance() > 0 ? most : most.flipped();
  }

  private static AttributionMap.Grid grid(Cells rows, Cells columns, RgbImage image) {
    return new AttributionMap.Grid(
        rows.count(),
        columns.count(),
        columns.first() * image.width(),
        rows.first() * image.height(),
        columns.distance() * image.width(),
        rows.distance() * image.height());
  }

  private static float[] rounded(double[] sums) {
    float[] rounded = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      rounded[i] = (float) sums[i];
    }
    return rounded;
  }
}
