package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;
import verydeep.network.Tensor;

/**
 * Weights that NumPy saved: an archive of arrays ({@code .npz}), or a pickled dictionary of arrays
 * by layer ({@code .npy}, or a pickle alone), as converters from Caffe to TensorFlow write them.
 */
final class NumpyFile {

  /** The first bytes of a .npy file. */
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final String ENDING = ".npy";

  /** More than a header's length, so that the first part of a compressed entry suffices. */
  private static final int HEADER = 4096;

  private NumpyFile() {}

  /** Returns whether an archive holds arrays and nothing else. */
  static boolean recognizes(Map<String, ZipEntry> entries) {
    return !entries.isEmpty() && entries.keySet().stream().allMatch(n -> n.endsWith(ENDING));
  }

  /** Reads an archive of arrays. */
  static WeightFile read(Map<String, ZipEntry> entries) throws Malformed {
    Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, ZipEntry> named : entries.entrySet()) {
      ZipEntry entry = named.getValue();
      String name = named.getKey().substring(0, named.getKey().length() - ENDING.length());
      Cursor beginning = entry.first(HEADER);
      NumpyHeader header = header(beginning, entry);
      if (header.type() != null) {
        long from = beginning.position() - (entry.deflated() ? 0 : entry.stored().position());
        put(tensors, name, tensor(header, entry, from), entry.stored().position());
      }
    }
    return new WeightFile("a NumPy archive (npz)", ChannelsLast.turned(tensors), Map.of());
  }

  private static NumpyHeader header(Cursor beginning, ZipEntry entry) throws Malformed {
    try {
      return NumpyHeader.read(beginning);
    } catch (Malformed e) {
      throw entry.deflated() ? e.within(entry.name(), entry.stored().position()) : e;
    }
  }

  private static Tensor tensor(NumpyHeader header, ZipEntry entry, long from) throws Malformed {
    if (entry.size() - from != header.bytes()) {
      throw entry
          .stored()
          .malformed(
              "Array \""
                  + entry.name()
                  + "\" has the shape "
                  + header.sizes()
                  + ", but "
                  + (entry.size() - from)
                  + " bytes of numbers.");
    }
    if (!entry.deflated()) {
      Cursor numbers = entry.stored().at(entry.stored().position() + from, header.bytes());
      return header.tensor(numbers.buffer());
    }
    entry.check();
    return Tensor.computed(
        header.sizes(),
        target -> header.tensor(entry.inflated().position((int) from)).copyTo(target));
  }

  /** Reads a .npy file, which is of use only if it holds a pickled dictionary. */
  static WeightFile read(Cursor file) throws Malformed {
    NumpyHeader header = NumpyHeader.read(file);
    if (!header.isPickled()) {
      throw new Malformed(
          0,
          "The file holds one array of shape "
              + header.sizes()
              + ", not a network's arrays by name. Save them with numpy.savez.");
    }
    return pickled(file);
  }

  /** Reads a pickled dictionary of arrays. */
  static WeightFile pickled(Cursor file) throws Malformed {
    long begin = file.position();
    Object state = Pickle.load(file, new NumpyObjects());
    Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, NumpyArray> named :
        PickledArrays.of(state, NumpyArray.class, begin).entrySet()) {
      WeightFile.Stored stored = named.getValue().stored();
      if (stored != null) {
        put(tensors, named.getKey(), stored.tensor(), stored.offset());
      }
    }
    if (tensors.isEmpty()) {
      throw new Malformed(begin, "The pickle holds no arrays of floating-point numbers by name.");
    }
    return new WeightFile("pickled NumPy arrays", ChannelsLast.turned(tensors), Map.of());
  }

  private static void put(
      Map<String, WeightFile.Stored> tensors, String name, Tensor tensor, long offset)
      throws Malformed {
    String plain = name(name);
    if (tensors.put(plain, new WeightFile.Stored(tensor, offset)) != null) {
      throw new Malformed(offset, "Two arrays are named " + plain + ".");
    }
  }

  /**
   * Returns an array's name in the form layer.role: from conv1_1_W, conv1_1/weights:0, from a list
   * of weight and bias, and from a layer in the scope of its block.
   */
  static String name(String name) {
    return List.of(name.replaceFirst(":0$", "").split("/")).stream()
        .reduce((a, b) -> a + "." + b)
        .orElse("")
        .replaceFirst("[._](W|w|weights?|kernel)(_0)?$|\\.0$", ".weight")
        .replaceFirst("[._](b|bias|biases)(_0)?$|\\.1$", ".bias")
        .replaceFirst("(^|\\.)conv\\d\\.(conv\\d_)", "$1$2");
  }
}
