package verydeep.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NumberType;
import verydeep.internal.files.WeightFile;

/**
 * The initializers of an ONNX model, which keep the names that its exporter gave them; of its
 * graph, only whether it normalizes local responses is read. Field numbers are onnx.proto's.
 */
final class OnnxModel {

  private static final int VERSION = 1;
  private static final int MOST_VERSION = 100;
  private static final int GRAPH = 7;
  private static final int NODE = 1;
  private static final int OPERATOR = 4;
  private static final int INITIALIZER = 5;

  private static final int MOST_TENSORS = 10_000;
  private static final int MOST_DIMENSIONS = 8;
  private static final int LONGEST_NAME = 1000;

  private final Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();
  private final Map<String, String> facts = new LinkedHashMap<>();

  private OnnxModel() {}

  /** Returns whether a file begins like a ModelProto: with its version. */
  static boolean recognizes(Cursor file) {
    try {
      Protobuf fields = new Protobuf(file.from(0));
      return fields.next()
          && fields.is(VERSION, Protobuf.VARINT)
          && fields.number() > 0
          && fields.number() < MOST_VERSION
          && fields.next();
    } catch (Malformed e) {
      return false;
    }
  }

  static WeightFile read(Cursor file) throws Malformed {
    OnnxModel model = new OnnxModel();
    Protobuf fields = new Protobuf(file);
    while (fields.next()) {
      if (fields.is(GRAPH, Protobuf.BYTES)) {
        model.graph(new Protobuf(fields.content()));
      }
    }
    return new WeightFile("an ONNX model", model.tensors, model.facts);
  }

  private void graph(Protobuf fields) throws Malformed {
    while (fields.next()) {
      if (fields.is(INITIALIZER, Protobuf.BYTES)) {
        initializer(fields.content());
      } else if (fields.is(NODE, Protobuf.BYTES)) {
        node(new Protobuf(fields.content()));
      }
    }
  }

  private void node(Protobuf fields) throws Malformed {
    while (fields.next()) {
      if (fields.is(OPERATOR, Protobuf.BYTES)
          && fields.content().remaining() == CaffeModel.NORMALIZATION.length()
          && fields.content().latin().equals(CaffeModel.NORMALIZATION)) {
        facts.put(CaffeModel.NORMALIZATION, "yes");
      }
    }
  }

  private void initializer(Cursor message) throws Malformed {
    long begin = message.position();
    String name = "";
    NumberType type = null;
    Cursor numbers = null;
    List<Integer> sizes = new ArrayList<>();
    Protobuf fields = new Protobuf(message);
    while (fields.next()) {
      if (fields.is(1, Protobuf.VARINT)) {
        add(sizes, fields.number(), begin);
      } else if (fields.is(1, Protobuf.BYTES)) {
        Cursor list = fields.content();
        while (list.remaining() > 0) {
          add(sizes, Protobuf.varint(list), begin);
        }
      } else if (fields.is(2, Protobuf.VARINT)) {
        type = type(fields.number());
      } else if (fields.is(8, Protobuf.BYTES)) {
        name = fields.content().text(Math.min(LONGEST_NAME, fields.content().remaining()));
      } else if (fields.is(9, Protobuf.BYTES)
          || fields.is(4, Protobuf.BYTES)
          || fields.is(10, Protobuf.BYTES)) {
        numbers = fields.content();
      } else if (fields.is(13, Protobuf.BYTES)) {
        throw new Malformed(
            begin,
            "The numbers of tensor \""
                + name
                + "\" are in another file. Save the model as one file, without external data.");
      }
    }
    if (type != null) {
      put(name, type, sizes, numbers, begin);
    }
  }

  private static void add(List<Integer> sizes, long size, long offset) throws Malformed {
    if (size < 0 || size > Integer.MAX_VALUE || sizes.size() == MOST_DIMENSIONS) {
      throw new Malformed(offset, "A tensor has a size or a number of dimensions that cannot be.");
    }
    sizes.add((int) size);
  }

  private static NumberType type(long number) {
    return switch ((int) number) {
      case 1 -> NumberType.F32;
      case 10 -> NumberType.F16;
      case 11 -> NumberType.F64;
      case 16 -> NumberType.BF16;
      default -> null;
    };
  }

  private void put(String name, NumberType type, List<Integer> sizes, Cursor numbers, long offset)
      throws Malformed {
    long bytes = type.bytes();
    for (int size : sizes) {
      bytes = Math.min(1L << 40, bytes * size);
    }
    if (numbers == null || numbers.remaining() != bytes) {
      throw new Malformed(
          offset,
          "Tensor \""
              + name
              + "\" of shape "
              + sizes
              + " has "
              + (numbers == null ? 0 : numbers.remaining())
              + " bytes, not "
              + bytes
              + ".");
    }
    WeightFile.Stored stored = new WeightFile.Stored(type.tensor(sizes, numbers.buffer()), offset);
    // Caffe2 numbers the arrays of a layer: conv1_1_w_0
    if (tensors.put(NumpyFile.name(name), stored) != null || tensors.size() > MOST_TENSORS) {
      throw new Malformed(
          offset,
          "Tensor \"" + name + "\" appears twice or is one of more than " + MOST_TENSORS + ".");
    }
  }
}
