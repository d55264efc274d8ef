package verydeep.transfer;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.internal.files.TensorFile;
import verydeep.internal.models.ModelFile;
import verydeep.network.Tensor;
import verydeep.weights.Provenance;

/**
 * A linear classifier as a file: {@code hyperplanes}, classes x (numbers of a vector, offset), with
 * its networks; how vectors are made, the classes' names and the provenance as texts.
 */
final class SvmFile {

  private SvmFile() {}

  static void write(Path file, String kind, SvmModel model, boolean whole) {
    FeatureSource source = model.source().trimmed();
    Hyperplanes planes = model.planes();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("classes", TensorFile.lines(planes.classes()));
    texts.put("features", planes.trainedOn());
    texts.put("steps", source.text());
    texts.put("cost", String.valueOf(planes.cost()));
    model.provenance().facts().forEach((name, fact) -> texts.put("fact " + name, fact));
    ModelFile.write(
        file, kind, texts, Map.of("hyperplanes", tensor(planes)), source.networks(), whole);
  }

  private static Tensor tensor(Hyperplanes planes) {
    int length = planes.dimension() + 1;
    FloatBuffer all = FloatBuffer.allocate(Math.multiplyExact(planes.classes().size(), length));
    for (int label = 0; label < planes.classes().size(); label++) {
      float[] plane = planes.weights(label);
      for (int i = 0; i < length; i++) {
        all.put(plane == null ? Float.NaN : plane[i]);
      }
    }
    return Tensor.of(List.of(planes.classes().size(), length), all.flip());
  }

  static SvmModel read(Path file, String kind) {
    return ModelFile.read(file, List.of(kind), SvmFile::model);
  }

  private static SvmModel model(ModelFile file) {
    List<String> classes = TensorFile.names(file.text("classes"));
    Hyperplanes planes =
        new Hyperplanes(
            classes,
            planes(file.tensor("hyperplanes"), classes.size()),
            file.text("features"),
            Double.parseDouble(file.text("cost")));
    Map<String, String> facts = new LinkedHashMap<>();
    file.texts()
        .forEach(
            (name, text) -> {
              if (name.startsWith("fact ")) {
                facts.put(name.substring("fact ".length()), text);
              }
            });
    return new SvmModel(
        planes,
        FeatureSource.steps(file.text("steps"), file.networks().size()),
        file.networks(),
        new Provenance(facts));
  }

  /** A row that is not a number at all is that of a class which is never predicted. */
  private static float[][] planes(Tensor all, int classes) {
    if (all == null || all.sizes().size() != 2 || all.sizes().get(0) != classes || classes < 1) {
      throw new VerydeepException(
          "Its %d classes come with hyperplanes %s.".formatted(classes, TensorFile.shape(all)));
    }
    int length = all.sizes().get(1);
    if (length < 2) {
      throw new VerydeepException(
          "The hyperplanes have " + length + " numbers each; 2 or more are needed.");
    }
    FloatBuffer numbers = all.values();
    float[][] planes = new float[classes][];
    for (int label = 0; label < classes; label++) {
      float[] plane = new float[length];
      numbers.get(plane);
      long finite = IntStream.range(0, length).filter(i -> Float.isFinite(plane[i])).count();
      if (finite != 0 && finite != length) {
        throw new VerydeepException("The hyperplane of class " + label + " is not finite.");
      }
      planes[label] = finite == 0 ? null : plane;
    }
    return planes;
  }
}
