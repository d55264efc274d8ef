package verydeep.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;

/**
 * A trained Caffe network (NetParameter of caffe.proto), in both encodings of its layers: field 2,
 * as in the authors' release, and field 100, as newer versions of Caffe write it. The first array
 * of a layer is its weight, the second its bias.
 */
final class CaffeModel {

  /** The fact that states that the layers include local response normalization. */
  static final String NORMALIZATION = "LRN";

  private static final int MOST_LAYERS = 10_000;
  private static final int LONGEST_NAME = 1000;
  private static final int NET_NAME = 1;

  /** The field numbers of a layer in the two encodings. */
  private enum Encoding {
    V1(2, 4, 5, 6),
    V2(100, 1, 2, 7);

    private final int layer;
    private final int name;
    private final int type;
    private final int blobs;

    Encoding(int layer, int name, int type, int blobs) {
      this.layer = layer;
      this.name = name;
      this.type = type;
      this.blobs = blobs;
    }
  }

  private static final int V1_LRN = 15;

  private final Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();
  private final Map<String, String> facts = new LinkedHashMap<>();

  private CaffeModel() {}

  /** Returns whether a file begins like a NetParameter: with its name or with a layer. */
  static boolean recognizes(Cursor file) {
    try {
      Protobuf fields = new Protobuf(file.from(0));
      return fields.next()
          && (fields.is(NET_NAME, Protobuf.BYTES)
              || fields.is(Encoding.V1.layer, Protobuf.BYTES)
              || fields.is(Encoding.V2.layer, Protobuf.BYTES));
    } catch (Malformed e) {
      return false;
    }
  }

  static WeightFile read(Cursor file) throws Malformed {
    CaffeModel model = new CaffeModel();
    Protobuf fields = new Protobuf(file);
    int layers = 0;
    while (fields.next()) {
      if (fields.is(NET_NAME, Protobuf.BYTES)) {
        model.facts.put(
            "net", fields.content().text(Math.min(LONGEST_NAME, fields.content().remaining())));
      }
      for (Encoding encoding : Encoding.values()) {
        if (fields.is(encoding.layer, Protobuf.BYTES)) {
          if (++layers > MOST_LAYERS) {
            throw file.malformed("The model has more than " + MOST_LAYERS + " layers.");
          }
          model.layer(encoding, fields.content());
        }
      }
    }
    return new WeightFile("a Caffe model", model.tensors, model.facts);
  }

  private void layer(Encoding encoding, Cursor message) throws Malformed {
    long begin = message.position();
    String name = null;
    List<WeightFile.Stored> blobs = new ArrayList<>();
    Protobuf fields = new Protobuf(message);
    while (fields.next()) {
      if (fields.is(encoding.name, Protobuf.BYTES)) {
        name = fields.content().text(Math.min(LONGEST_NAME, fields.content().remaining()));
      } else if (fields.is(encoding.type, Protobuf.VARINT) && fields.number() == V1_LRN) {
        facts.put(NORMALIZATION, "yes");
      } else if (fields.is(encoding.type, Protobuf.BYTES)
          && fields.content().remaining() == NORMALIZATION.length()
          && fields.content().text(NORMALIZATION.length()).equals(NORMALIZATION)) {
        facts.put(NORMALIZATION, "yes");
      } else if (fields.is(encoding.blobs, Protobuf.BYTES)) {
        if (blobs.size() == 2) {
          throw new Malformed(
              begin, "Layer " + name + " has more arrays than a weight and a bias.");
        }
        blobs.add(CaffeBlob.read(fields.content()));
      }
    }
    for (int i = 0; i < blobs.size(); i++) {
      String key = name + (i == 0 ? ".weight" : ".bias");
      if (name == null || tensors.put(key, blobs.get(i)) != null) {
        throw new Malformed(begin, "Layer " + name + " appears twice or has no name.");
      }
    }
  }
}
