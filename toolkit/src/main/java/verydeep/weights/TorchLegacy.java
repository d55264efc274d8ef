package verydeep.weights;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;

/**
 * The stream that torch.save wrote until 2020, and still does with {@code
 * _use_new_zipfile_serialization=False}: pickles of a magic number, a version, facts about the
 * machine, the state and the keys of the storages, then the storages' numbers.
 */
final class TorchLegacy {

  /** The first bytes: protocol 2, then an integer of ten bytes. */
  static final byte[] MAGIC = {
    (byte) 0x80,
    2,
    (byte) 0x8a,
    10,
    0x6c,
    (byte) 0xfc,
    (byte) 0x9c,
    0x46,
    (byte) 0xf9,
    0x20,
    0x6a,
    (byte) 0xa8,
    0x50,
    0x19
  };

  private static final BigInteger NUMBER = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private TorchLegacy() {}

  static WeightFile read(Cursor file) throws Malformed {
    TorchObjects objects = new TorchObjects();
    if (!NUMBER.equals(Pickle.load(file, objects))) {
      throw new Malformed(0, "It does not begin with PyTorch's magic number.");
    }
    if (!Long.valueOf(VERSION).equals(Pickle.load(file, objects))) {
      throw file.malformed("It is not version " + VERSION + " of PyTorch's stream.");
    }
    if (!(Pickle.load(file, objects) instanceof Map<?, ?> facts)
        || !Boolean.TRUE.equals(facts.get("little_endian"))) {
      throw file.malformed("The numbers are not little-endian.");
    }
    long state = file.position();
    Map<String, TorchView> views = TorchView.all(Pickle.load(file, objects), state);
    if (!(Pickle.load(file, objects) instanceof List<?> keys)) {
      throw file.malformed("The list of storages is missing.");
    }
    Map<String, Cursor> storages = storages(file, objects.storages(), keys);
    Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TorchView> view : views.entrySet()) {
      Cursor bytes = storages.get(view.getValue().storage().key());
      tensors.put(view.getKey(), view.getValue().over(bytes));
    }
    return new WeightFile("a PyTorch file (legacy stream)", tensors, Map.of());
  }

  /** Reads all storages the state refers to, each once, concatenated up to the file's end. */
  private static Map<String, Cursor> storages(
      Cursor file, Map<String, TorchObjects.Storage> described, List<?> keys) throws Malformed {
    Map<String, Cursor> storages = new LinkedHashMap<>();
    for (Object key : keys) {
      TorchObjects.Storage storage = key instanceof String name ? described.get(name) : null;
      if (storage == null) {
        throw file.malformed(
            "The file lists a storage that no tensor uses, or none whose numbers are of a known"
                + " kind.");
      }
      long size = file.signed64();
      if (size != storage.size()) {
        throw file.malformed(
            "Storage "
                + key
                + " has "
                + size
                + " numbers, but "
                + storage.size()
                + " according to the pickle.");
      }
      if (storages.put(storage.key(), file.next(storage.bytes())) != null) {
        throw file.malformed("The file lists storage " + key + " twice.");
      }
    }
    if (storages.size() != described.size() || file.remaining() > 0) {
      throw file.malformed(
          "The file has "
              + storages.size()
              + " of "
              + described.size()
              + " storages, and "
              + file.remaining()
              + " bytes after the last one.");
    }
    return storages;
  }
}
