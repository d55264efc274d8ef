package verydeep.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes an HDF5 file in its oldest form, as h5py does, but for the lies that it is told to tell.
 */
final class Hdf5Writer {

  /** The type of 32-bit floats, little-endian. */
  static final byte[] FLOAT = {
    0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0
  };

  private static final int SUPERBLOCK = 96;
  private static final int HEADER = 16;
  private static final int SYMBOL_TABLE = 0x11;

  /** A message of an object's header. */
  record Message(int type, Octets content) {}

  /** A member of a group: 2 as kind is a soft link. */
  record Entry(long name, long header, int kind) {}

  /** Members by name: groups and datasets. */
  static final class Group {
    private final Map<String, Object> members = new LinkedHashMap<>();

    void put(String name, Object member) {
      members.put(name, member);
    }
  }

  /** What a dataset says of itself; the layout, if there is one, stands for address and length. */
  record Dataset(List<Long> sizes, long address, long length, Octets layout) {
    Dataset sizes(List<Long> other) {
      return new Dataset(other, address, length, layout);
    }

    Dataset address(long other) {
      return new Dataset(sizes, other, length, layout);
    }

    Dataset length(long other) {
      return new Dataset(sizes, address, other, layout);
    }

    Dataset layout(Octets other) {
      return new Dataset(sizes, address, length, other);
    }
  }

  /** Changes a dataset, of which its number and the address of the one before are given. */
  interface Change {
    Dataset of(Dataset dataset, int number, long before);
  }

  // the lies, none of which is told unless it is set
  UnaryOperator<Entry> entry = e -> e;
  Change change = (dataset, number, before) -> dataset;
  Message extra;
  byte[] type = FLOAT;
  int flags;
  int rank = -1;
  boolean treeLoop;
  int level;
  int children = 1;
  int members = -1;
  long nameShift;
  Long heapLength;
  Long heapAddress;
  int nameFiller;
  Long end;
  long base;
  Long root;
  Integer headerLength;
  int messages = -1;
  int objectVersion = 1;
  int messageLength = -1;
  Long continuation;

  /** Where the last group and the last object of any kind have their headers. */
  long lastGroup;

  long lastObject;

  private ByteBuffer file = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
  private int size = SUPERBLOCK;
  private int datasets;
  private long lastData;

  /** The layers of a network as Keras writes them: a group a layer, in which is one of its name. */
  static Group keras(Map<String, List<Integer>> shapes) {
    Group all = new Group();
    for (Map.Entry<String, List<Integer>> shape : shapes.entrySet()) {
      String layer = shape.getKey().replaceFirst("\\..*", "");
      boolean bias = shape.getKey().endsWith(".bias");
      List<Integer> s = shape.getValue();
      List<Integer> sizes =
          switch (s.size()) {
            case 4 -> List.of(s.get(2), s.get(3), s.get(1), s.get(0));
            case 2 -> List.of(s.get(1), s.get(0));
            default -> s;
          };
      Group outer = (Group) all.members.computeIfAbsent(layer, name -> new Group());
      Group inner = (Group) outer.members.computeIfAbsent(layer, name -> new Group());
      inner.put(bias ? "bias:0" : "kernel:0", sizes);
    }
    return all;
  }

  byte[] write(Group all) {
    long header = group(all);
    file.put(0, Hdf5.MAGIC).put(13, (byte) 8).put(14, (byte) 8);
    file.putShort(16, (short) 4).putShort(18, (short) 16);
    file.putLong(24, base).putLong(32, -1).putLong(40, end == null ? size : end);
    file.putLong(48, -1).putLong(56, 0).putLong(64, root == null ? header : root);
    return Arrays.copyOf(file.array(), size);
  }

  private long object(Object member) {
    if (member instanceof Group group) {
      return group(group);
    }
    List<Long> sizes = new ArrayList<>();
    ((List<?>) member).forEach(s -> sizes.add(((Integer) s).longValue()));
    return dataset(sizes);
  }

  private long group(Group group) {
    int header = reserve(headerSize(List.of(new Message(SYMBOL_TABLE, new Octets().zeros(16)))));
    List<Entry> entries = new ArrayList<>();
    Octets names = new Octets().put(nameFiller).pad(8);
    for (Map.Entry<String, Object> member : group.members.entrySet()) {
      long at = object(member.getValue());
      entries.add(new Entry(names.size() + nameShift, at, 0));
      names.text(member.getKey()).put(nameFiller);
      while (names.size() % 8 != 0) {
        names.put(nameFiller);
      }
    }
    lastGroup = header;
    int heap = heap(names.toBytes());
    int tree = tree(entries);
    Octets table = new Octets().u64(tree).u64(heap);
    header(header, List.of(new Message(SYMBOL_TABLE, table)));
    return header;
  }

  private int heap(byte[] names) {
    int data = reserve(names.length);
    file.put(data, names);
    int heap = reserve(32);
    file.put(heap, "HEAP".getBytes(StandardCharsets.US_ASCII));
    file.putLong(heap + 8, heapLength == null ? names.length : heapLength);
    file.putLong(heap + 16, -1).putLong(heap + 24, heapAddress == null ? data : heapAddress);
    return heap;
  }

  private int tree(List<Entry> entries) {
    int table = reserve(8 + 40 * entries.size());
    file.put(table, "SNOD".getBytes(StandardCharsets.US_ASCII)).put(table + 4, (byte) 1);
    file.putShort(table + 6, (short) (members < 0 ? entries.size() : members));
    int at = table + 8;
    for (Entry given : entries) {
      Entry told = entry.apply(given);
      file.putLong(at, told.name()).putLong(at + 8, told.header()).putInt(at + 16, told.kind());
      at += 40;
    }
    int tree = reserve(48);
    file.put(tree, "TREE".getBytes(StandardCharsets.US_ASCII)).put(tree + 5, (byte) level);
    file.putShort(tree + 6, (short) children);
    file.putLong(tree + 8, -1).putLong(tree + 16, -1);
    if (treeLoop) {
      file.put(tree + 5, (byte) 1);
    }
    file.putLong(tree + 32, treeLoop ? tree : table);
    return tree;
  }

  private long dataset(List<Long> sizes) {
    long bytes = 4 * sizes.stream().reduce(1L, (a, b) -> a * b);
    int data = reserve((int) bytes);
    Dataset told = change.of(new Dataset(sizes, data, bytes, null), datasets++, lastData);
    lastData = data;
    Octets space = new Octets().put(1, rank < 0 ? told.sizes().size() : rank, 0).pad(8);
    told.sizes().forEach(space::u64);
    Octets layout =
        told.layout() != null
            ? told.layout()
            : new Octets().put(3, 1).u64(told.address()).u64(told.length());
    List<Message> list =
        List.of(
            new Message(1, space),
            new Message(3, new Octets().all(type)),
            new Message(LAYOUT, layout));
    int header = reserve(headerSize(list));
    header(header, list);
    lastObject = header;
    return header;
  }

  private static final int LAYOUT = 8;

  private int headerSize(List<Message> list) {
    int more = extra == null ? 0 : 8 + padded(extra.content());
    more += continuation == null ? 0 : 24;
    return HEADER + more + list.stream().mapToInt(m -> 8 + padded(m.content())).sum();
  }

  private static int padded(Octets content) {
    return (content.size() + 7) / 8 * 8;
  }

  private void header(int header, List<Message> list) {
    List<Message> all = new ArrayList<>(list);
    if (extra != null) {
      all.add(extra);
    }
    int length = headerSize(list) - HEADER;
    if (continuation != null) {
      long where = continuation == 0 ? header + HEADER : continuation;
      all.add(new Message(0x10, new Octets().u64(where).u64(length)));
    }
    int count = continuation != null ? 0xffff : messages < 0 ? all.size() : messages;
    file.put(header, (byte) objectVersion).putShort(header + 2, (short) count);
    file.putInt(header + 4, 1).putInt(header + 8, headerLength == null ? length : headerLength);
    int at = header + HEADER;
    for (Message message : all) {
      int told = messageLength < 0 ? padded(message.content()) : messageLength;
      file.putShort(at, (short) message.type()).putShort(at + 2, (short) told);
      file.put(at + 4, (byte) flags).put(at + 8, message.content().toBytes());
      at += 8 + padded(message.content());
    }
  }

  private int reserve(int bytes) {
    int at = (size + 7) / 8 * 8;
    size = at + bytes;
    if (size > file.capacity()) {
      byte[] longer = Arrays.copyOf(file.array(), 2 * size);
      file = ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN);
    }
    return at;
  }
}
