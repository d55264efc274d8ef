package verydeep.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.WeightFile;

/**
 * The datasets of an HDF5 file by path, as h5py writes them by default: the first version of the
 * superblock, object headers and groups, and datasets that are contiguous, unfiltered and in the
 * file itself. Soft and external links, external data, filters, chunks, and groups that contain
 * themselves are rejected.
 *
 * <p>The library io.jhdf is not used because it follows links out of the file, runs filters, and
 * allocates whatever the file's fields ask for.
 */
final class Hdf5 {

  /** The first bytes of the file. */
  static final byte[] MAGIC = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private static final int MOST_OBJECTS = 10_000;
  private static final int DEEPEST = 8;

  private final Cursor file;
  private final Set<Long> visited = new HashSet<>();
  private final Map<String, WeightFile.Stored> datasets = new LinkedHashMap<>();
  private final List<long[]> places = new ArrayList<>();

  private Hdf5(Cursor file) {
    this.file = file;
  }

  static Map<String, WeightFile.Stored> datasets(Cursor file) throws Malformed {
    Hdf5 hdf5 = new Hdf5(file);
    hdf5.walk("", hdf5.rootHeader(), 0);
    hdf5.refuseOverlaps();
    return hdf5.datasets;
  }

  /** Returns the address of the root group's object header. */
  private long rootHeader() throws Malformed {
    Cursor block = file.from(MAGIC.length);
    int version = block.octet();
    if (version > 1) {
      throw new Malformed(
          MAGIC.length,
          "The superblock has version "
              + version
              + ", as written with libver=\"latest\"; only h5py's default version can be"
              + " read.");
    }
    block.skip(4); // versions of the structures read below, and reserved
    int offsets = block.octet();
    int lengths = block.octet();
    if (offsets != 8 || lengths != 8) {
      throw block.malformed(
          "Offsets have " + offsets + " bytes and lengths " + lengths + "; both must have 8.");
    }
    block.skip(version == 0 ? 9 : 13); // sizes of tree nodes, flags
    long base = block.signed64();
    block.skip(8); // free space
    long end = block.signed64();
    if (base != 0 || end != file.fileSize()) {
      throw block.malformed(
          "The superblock says that the file begins at byte "
              + base
              + " and ends at "
              + end
              + ", but it has "
              + file.fileSize()
              + " bytes"
              + (base == 0 && end > file.fileSize()
                  ? ": it is incomplete, as after a broken download."
                  : "."));
    }
    block.skip(16); // driver, and the root's name
    return block.signed64();
  }

  private void walk(String path, long header, int depth) throws Malformed {
    if (depth > DEEPEST || visited.size() == MOST_OBJECTS || !visited.add(header)) {
      throw new Malformed(
          header,
          "Object \"" + path + "\" is nested too deep, one too many, or reached by two paths.");
    }
    Hdf5Object object = Hdf5Object.read(file, header);
    if (object.isGroup()) {
      Map<String, Long> members = Hdf5Group.members(file, object.tree(), object.heap());
      for (Map.Entry<String, Long> member : members.entrySet()) {
        walk(path + "/" + member.getKey(), member.getValue(), depth + 1);
      }
    } else if (object.isDataset()) {
      WeightFile.Stored stored = object.dataset();
      if (stored != null) {
        long bytes = object.dataBytes();
        places.add(new long[] {stored.offset(), stored.offset() + bytes});
        datasets.put(path.substring(1), stored);
      }
    }
  }

  private void refuseOverlaps() throws Malformed {
    places.sort(Comparator.comparingLong(place -> place[0]));
    for (int i = 1; i < places.size(); i++) {
      if (places.get(i)[0] < places.get(i - 1)[1]) {
        throw new Malformed(places.get(i)[0], "Two datasets overlap.");
      }
    }
  }
}
