package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;

/**
 * A network of MatConvNet's SimpleNN in a .mat file of MATLAB's version 5 to 7, such as
 * imagenet-vgg-verydeep-16.mat: a cell array of layers, each a struct with its name and a cell of
 * its filters (row, column, in, out) and biases.
 *
 * <p>The library mfl-core, which the package data uses for small files, is not used because it
 * copies all numbers onto the heap and allocates whatever the file's sizes ask for.
 */
final class MatFile {

  /** The first bytes of a file of version 5 to 7. */
  static final byte[] MAGIC = {
    'M', 'A', 'T', 'L', 'A', 'B', ' ', '5', '.', '0', ' ', 'M', 'A', 'T', '-', 'f', 'i', 'l', 'e'
  };

  /** The fact that states that images are red, green, blue, minus the mean, as MatConvNet's. */
  static final String RGB = "input";

  private static final int HEADER = 124;
  private static final int MOST_LAYERS = 10_000;
  private static final String LAYERS = "layers";

  private final Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();

  /** Where the compressed variable begins; -1 if it is not compressed. */
  private long packedAt = -1;

  private MatFile() {}

  static WeightFile read(Cursor file) throws Malformed {
    file.skip(HEADER);
    int version = file.unsigned16();
    if (file.unsigned16() != ('M' << 8 | 'I') || version != 0x100) {
      throw new Malformed(HEADER, "The file is not little-endian or not of version 5 to 7.");
    }
    MatFile content = new MatFile();
    while (file.remaining() > 0 && content.tensors.isEmpty()) {
      long begin = file.position();
      content.packedAt = MatMatrix.isCompressed(file) ? begin : -1;
      Cursor variable = MatMatrix.variable(file);
      try {
        content.variable(MatMatrix.of(variable));
      } catch (Malformed e) {
        throw content.packedAt < 0 ? e : e.within("the variable, inflated", begin);
      }
    }
    if (content.tensors.isEmpty()) {
      throw new Malformed(
          HEADER, "The file has no cell array of layers, as a network of MatConvNet has.");
    }
    return new WeightFile(
        "a MatConvNet file", content.tensors, Map.of(RGB, "red, green, blue minus their mean"));
  }

  private void variable(MatMatrix variable) throws Malformed {
    MatMatrix layers = null;
    if (variable.isStruct()) { // the whole network as one variable
      layers = variable.structs(1).get(0).get(LAYERS);
    } else if (variable.name().equals(LAYERS)) {
      layers = variable;
    }
    if (layers != null && layers.isCell()) {
      layers(layers);
    }
  }

  private void layers(MatMatrix layers) throws Malformed {
    for (MatMatrix layer : layers.cells(MOST_LAYERS)) {
      if (!layer.isStruct()) {
        continue;
      }
      Map<String, MatMatrix> fields = layer.structs(1).get(0);
      MatMatrix name = fields.get("name");
      if (name == null || !name.isText()) {
        continue;
      }
      MatMatrix weights = fields.get("weights");
      if (weights != null && weights.isCell()) {
        List<MatMatrix> arrays = weights.cells(MOST_LAYERS);
        for (int i = 0; i < Math.min(2, arrays.size()); i++) {
          put(name, i == 0 ? "weight" : "bias", arrays.get(i));
        }
      } else { // as MatConvNet of 2014 had them
        put(name, "weight", fields.get("filters"));
        put(name, "bias", fields.get("biases"));
      }
    }
  }

  private void put(MatMatrix layer, String role, MatMatrix array) throws Malformed {
    WeightFile.Stored stored = array == null ? null : array.numbers(role.equals("weight"));
    String name = layer.text() + "." + role;
    if (stored == null) {
      return;
    }
    long offset = packedAt < 0 ? stored.offset() : packedAt;
    if (tensors.put(name, new WeightFile.Stored(stored.tensor(), offset)) != null) {
      throw new Malformed(stored.offset(), "Two arrays are named " + name + ".");
    }
  }
}
