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
  private static final String LITTLE = "little";

  private TorchZip() {}

  /** Returns whether an archive has torch.save's pickle. */
  static boolean recognizes(Map<String, ZipEntry> entries) {
    return entries.keySet().stream().anyMatch(name -> name.endsWith(PICKLE));
  }

  static WeightFile read(Map<String, ZipEntry> entries) throws Malformed {
    String folder = "";
    for (String name : entries.keySet()) {
      if (name.endsWith(PICKLE)) {
        if (!folder.isEmpty()) {
          throw new Malformed(0, "The archive has several files data.pkl.");
        }
        folder = name.substring(0, name.length() - PICKLE.length());
      }
    }
    checkOrder(entries.get(folder + "/byteorder"));
    Cursor pickle = entries.get(folder + PICKLE).inPlace();
    long begin = pickle.position();
    TorchObjects objects = new TorchObjects();
    Map<String, TorchView> views = TorchView.all(Pickle.load(pickle, objects), begin);
    Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TorchView> view : views.entrySet()) {
      TorchObjects.Storage storage = view.getValue().storage();
      ZipEntry entry = entries.get(folder + "/data/" + storage.key());
      Cursor bytes = entry == null ? null : entry.inPlace();
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
  private static void checkOrder(ZipEntry entry) throws Malformed {
    if (entry != null) {
      Cursor order = entry.first(LITTLE.length() + 1);
      if (!order.text(order.remaining()).equals(LITTLE)) {
        throw entry.stored().malformed("The numbers are not little-endian.");
      }
    }
  }
}
