package verydeep.weights;

import java.util.Map;
import java.util.regex.Pattern;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;

/** The formats that are zip archives, distinguished by the names of their entries. */
final class ArchiveFormat {

  private static final Pattern WEIGHTS =
      Pattern.compile("(?i).*\\.(pth|pt|pkl|bin|safetensors|caffemodel|h5|keras|npy|npz|mat|onnx)");

  private ArchiveFormat() {}

  static WeightFile read(Map<String, ZipEntry> entries) throws Malformed {
    if (TorchZip.recognizes(entries)) {
      return TorchZip.read(entries);
    } else if (entries.containsKey(KerasFile.IN_ARCHIVE)) {
      return KerasFile.read(entries.get(KerasFile.IN_ARCHIVE));
    } else if (NumpyFile.recognizes(entries)) {
      return NumpyFile.read(entries);
    }
    String what = "This is a zip archive of " + LayerNames.few(entries.keySet());
    boolean packed = entries.keySet().stream().anyMatch(name -> WEIGHTS.matcher(name).matches());
    throw new Malformed(
        0,
        packed
            ? what + ". Unpack it, and read the file of weights in it."
            : what + ", which none of PyTorch, Keras and NumPy wrote as a file of weights.");
  }
}
