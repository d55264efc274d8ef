package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;

/**
 * The format torch.save has written since 2020: a zip archive with a pickle, {@code
 * archive/data.pkl}, and an entry for each storage, {@code archive/data/0}.
 */
final class TorchZip {

  private static final String PICKLE = "/data.pkl";

  private TorchZip() {}

  static WeightFile read(Cursor file) throws Malformed {
    Map<String, Cursor> entries = StoredZip.entries(file);
    String folder = null;
    for (String name : entries.keySet()) {
      if (name.endsWith(PICKLE)) {
        if (folder != null) {
          throw new Malformed(0, "The archive has several files data.pkl.");
        }
        folder = name.substring(0, name.length() - PICKLE.length());
      }
    }
    if (folder == null) {
      throw new Malformed(0, "The zip archive has no data.pkl, so torch.save did not write it.");
    }
    checkOrder(entries.get(folder + "/byteorder"));
    Cursor pickle = entries.get(folder + PICKLE);
    long begin = pickle.position();
    TorchObjects objects = new TorchObjects();
    Map<String, TorchObjects.View> views = TorchState.of(Pickle.load(pickle, objects), begin);
    Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TorchObjects.View> view : views.entrySet()) {
      TorchObjects.Storage storage = view.getValue().storage();
      Cursor bytes = entries.get(folder + "/data/" + storage.key());
      if (bytes == null || bytes.remaining() != storage.bytes()) {
        throw new Malformed(
            bytes == null ? begin : bytes.position(),
            "Storage " + storage.key() + " with " + storage.bytes() + " bytes is missing.");
      }
      tensors.put(view.getKey(), view.getValue().over(bytes));
    }
    return new WeightFile("a PyTorch file (zip)", tensors, Map.of());
  }

  /** Checks the byte order; files from before 2022 do not state it and are little-endian. */
  private static void checkOrder(Cursor order) throws Malformed {
    if (order != null && !order.text(order.remaining()).equals("little")) {
      throw order.malformed("The numbers are not little-endian.");
    }
  }
}
