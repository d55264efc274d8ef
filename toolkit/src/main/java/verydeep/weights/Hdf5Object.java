package verydeep.weights;

import java.util.ArrayList;
import java.util.List;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NumberType;
import verydeep.internal.files.WeightFile;

/** The header of a group or a dataset of an HDF5 file: a list of messages. */
final class Hdf5Object {

  private static final int DATASPACE = 0x1;
  private static final int LINK_INFO = 0x2;
  private static final int DATATYPE = 0x3;
  private static final int LINK = 0x6;
  private static final int EXTERNAL_FILES = 0x7;
  private static final int LAYOUT = 0x8;
  private static final int FILTERS = 0xb;
  private static final int CONTINUATION = 0x10;
  private static final int SYMBOL_TABLE = 0x11;

  private static final int SHARED = 2;
  private static final int MOST_BLOCKS = 100;

  private final long address;
  private final List<Cursor> blocks = new ArrayList<>();
  private Cursor symbolTable;
  private Cursor dataspace;
  private Cursor datatype;
  private Cursor layout;
  private long tree;
  private long heap;
  private long dataBytes;
  private Cursor file;

  private Hdf5Object(Cursor file, long address) {
    this.file = file;
    this.address = address;
  }

  static Hdf5Object read(Cursor file, long address) throws Malformed {
    Hdf5Object object = new Hdf5Object(file, address);
    Cursor header = file.from(address);
    int version = header.octet();
    if (version != 1) {
      throw new Malformed(
          address,
          "An object header is not of version 1: it is damaged or was written with"
              + " libver=\"latest\".");
    }
    header.skip(1);
    int messages = header.unsigned16();
    header.skip(4); // references
    long size = header.unsigned32();
    header.skip(4); // alignment
    object.blocks.add(header.next(size));
    for (int i = 0; i < object.blocks.size() && messages > 0; i++) {
      Cursor block = object.blocks.get(i);
      while (block.remaining() >= 8 && messages-- > 0) {
        object.message(block);
      }
    }
    return object;
  }

  private void message(Cursor block) throws Malformed {
    long at = block.position();
    int type = block.unsigned16();
    int size = block.unsigned16();
    int flags = block.octet();
    block.skip(3);
    Cursor content = block.next(size);
    switch (type) {
      case DATASPACE -> dataspace = own(content, flags);
      case DATATYPE -> datatype = own(content, flags);
      case LAYOUT -> layout = own(content, flags);
      case SYMBOL_TABLE -> symbolTable = own(content, flags);
      case CONTINUATION -> {
        if (blocks.size() == MOST_BLOCKS) {
          throw new Malformed(at, "An object header has more than " + MOST_BLOCKS + " pieces.");
        }
        blocks.add(file.at(content.signed64(), content.signed64()));
      }
      case LINK, LINK_INFO ->
          throw new Malformed(
              at, "A group has links of the newer form. Write the file without track_order.");
      case EXTERNAL_FILES ->
          throw new Malformed(at, "The numbers of a dataset are in another file.");
      case FILTERS ->
          throw new Malformed(at, "A dataset is compressed or filtered. Save it without.");
      default -> {} // attributes, fill values, times: not needed
    }
  }

  private static Cursor own(Cursor content, int flags) throws Malformed {
    if ((flags & SHARED) != 0) {
      throw content.malformed("A part of an object's header is stored elsewhere.");
    }
    return content;
  }

  boolean isGroup() throws Malformed {
    if (symbolTable == null) {
      return false;
    }
    tree = symbolTable.signed64();
    heap = symbolTable.signed64();
    return true;
  }

  long tree() {
    return tree;
  }

  long heap() {
    return heap;
  }

  boolean isDataset() {
    return dataspace != null || datatype != null || layout != null;
  }

  /** Returns the numbers in place; null if they are not floating-point. */
  WeightFile.Stored dataset() throws Malformed {
    if (dataspace == null || datatype == null || layout == null) {
      throw new Malformed(address, "A dataset lacks its shape, its type or its location.");
    }
    List<Integer> sizes = Hdf5Numbers.sizes(dataspace);
    NumberType type = Hdf5Numbers.type(datatype);
    if (type == null) {
      return null;
    }
    long count = type.bytes();
    for (int size : sizes) {
      count = Math.min(1L << 32, count * size);
    }
    Cursor data = Hdf5Numbers.data(layout, file);
    if (data.remaining() != count) {
      throw new Malformed(
          address,
          "A dataset of shape "
              + sizes
              + " has "
              + data.remaining()
              + " bytes, not "
              + count
              + ".");
    }
    dataBytes = count;
    return new WeightFile.Stored(type.tensor(sizes, data.buffer()), data.position());
  }

  long dataBytes() {
    return dataBytes;
  }
}
