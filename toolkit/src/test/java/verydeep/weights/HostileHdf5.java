package verydeep.weights;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import verydeep.weights.Hdf5Writer.Dataset;
import verydeep.weights.Hdf5Writer.Entry;
import verydeep.weights.Hdf5Writer.Group;
import verydeep.weights.Hdf5Writer.Message;

/** Hostile HDF5 files as of Keras: links, cycles, filters, chunks, lies of addresses and sizes. */
final class HostileHdf5 extends Hostile {

  private static final int LINK = 6;
  private static final int EXTERNAL = 7;
  private static final int FILTERS = 0xb;
  private static final int ATTRIBUTE = 0xc;

  HostileHdf5() {
    links();
    datasets();
    groups();
    headers();
    harmless();
  }

  private void links() {
    trick("soft link", r -> with(w -> w.entry = e -> new Entry(e.name(), e.header(), 2)));
    trick("link message", r -> message(new Message(LINK, random(r, 64))));
    trick("link info message", r -> message(new Message(2, random(r, 18))));
    trick("external file", r -> message(new Message(EXTERNAL, random(r, 32))));
    trick("filter", r -> message(new Message(FILTERS, new Octets().put(1, 1).zeros(6))));
    trick("shared message", r -> with(w -> w.flags = 2));
    trick(
        "group within itself", r -> with(w -> w.entry = e -> new Entry(e.name(), w.lastGroup, 0)));
    trick(
        "all members are one object",
        r -> with(w -> w.entry = e -> new Entry(e.name(), w.lastObject, 0)));
    trick(
        "member lies anywhere", r -> with(w -> w.entry = e -> new Entry(e.name(), extreme(r), 0)));
  }

  private void datasets() {
    trick("size that overflows", r -> dataset(r, d -> d.sizes(List.of(far(r), 1L))));
    trick(
        "product that overflows",
        r -> dataset(r, d -> d.sizes(List.of((1L << 31) - 1, (1L << 31) - 1, 4L))));
    trick("many dimensions", r -> with(w -> w.rank = r.nextInt(9, 256)));
    trick("address of numbers", r -> dataset(r, d -> d.address(far(r))));
    trick("length of numbers", r -> dataset(r, d -> d.length(far(r))));
    trick("datasets that overlap", r -> overlapping(r.nextInt(1, 20)));
    trick(
        "chunks",
        r -> dataset(r, d -> d.layout(new Octets().put(3, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))));
    trick(
        "virtual dataset",
        r -> dataset(r, d -> d.layout(new Octets().put(4, 3, 0, 0, 0, 0, 0, 0))));
    trick("older layout", r -> dataset(r, d -> d.layout(new Octets().put(1, 2, 1, 0, 0, 0, 0, 0))));
    trick(
        "compact beyond its message",
        r -> dataset(r, d -> d.layout(new Octets().put(3, 0, 0xff, 0xff, 0, 0, 0, 0))));
    trick("no numbers", r -> dataset(r, d -> d.address(-1)));
    trick("type of numbers", r -> with(w -> w.type = wrongType(r)));
  }

  private void groups() {
    trick("tree within itself", r -> with(w -> w.treeLoop = true));
    trick("level of the tree", r -> with(w -> w.level = r.nextInt(1, 256)));
    trick("count of the tree's nodes", r -> with(w -> w.children = r.nextInt(2, 65_536)));
    trick("count of members", r -> with(w -> w.members = r.nextInt(100, 65_536)));
    trick("name outside of the names", r -> with(w -> w.nameShift = far(r)));
    trick("length of the names", r -> with(w -> w.heapLength = far(r)));
    trick("place of the names", r -> with(w -> w.heapAddress = far(r)));
    trick("names without an end", r -> with(w -> w.nameFiller = 'x'));
    trick("name twice", r -> with(w -> w.entry = e -> new Entry(0, e.header(), 0)));
    trick("many members", r -> new Hdf5Writer().write(wide(r.nextInt(10_001, 20_000))));
    trick("groups within groups", r -> new Hdf5Writer().write(deep(r.nextInt(9, 300))));
  }

  private void headers() {
    trick("version of the superblock", r -> patched(8, any(r, 2, 3, 255)));
    trick("width of addresses", r -> patched(any(r, 13, 14), any(r, 0, 1, 2, 4, 16, 255)));
    trick("end of the file", r -> with(w -> w.end = extreme(r)));
    trick("begin of the file", r -> with(w -> w.base = far(r)));
    trick("place of the root", r -> with(w -> w.root = extreme(r)));
    trick("length of a header", r -> with(w -> w.headerLength = r.nextInt() | 1 << 31));
    trick("count of messages", r -> with(w -> w.messages = r.nextInt(0, 2)));
    trick("newer object header", r -> with(w -> w.objectVersion = octet(r, 0, 2, 'O')));
    trick("length of a message", r -> with(w -> w.messageLength = r.nextInt(1000, 65_536)));
    trick("header that continues in itself", r -> with(w -> w.continuation = 0L));
    trick("header that continues anywhere", r -> with(w -> w.continuation = far(r)));
    trick("cut", r -> Arrays.copyOf(plain(), r.nextInt(8, plain().length)));
  }

  private void harmless() {
    trick(HARMLESS + "attributes", r -> message(new Message(ATTRIBUTE, random(r, 4000))));
    trick(HARMLESS + "unknown message", r -> message(new Message(0x99, random(r, 4000))));
  }

  @Override
  byte[] plain() {
    return new Hdf5Writer().write(layers());
  }

  /** A setting of the writer. */
  private interface Lie {
    void tell(Hdf5Writer writer);
  }

  /** A change of one dataset. */
  private interface Change {
    Dataset of(Dataset dataset);
  }

  private static byte[] with(Lie lie) {
    Hdf5Writer writer = new Hdf5Writer();
    lie.tell(writer);
    return writer.write(layers());
  }

  private static byte[] message(Message message) {
    return with(writer -> writer.extra = message);
  }

  private static byte[] dataset(SplittableRandom random, Change change) {
    int which = random.nextInt(20);
    return with(writer -> writer.change = (d, at, before) -> at == which ? change.of(d) : d);
  }

  private static byte[] overlapping(int which) {
    Hdf5Writer writer = new Hdf5Writer();
    writer.change = (d, at, before) -> at == which ? d.address(before) : d;
    return writer.write(layers());
  }

  private static byte[] patched(int at, int value) {
    byte[] file = new Hdf5Writer().write(layers());
    file[at] = (byte) value;
    return file;
  }

  private static Octets random(SplittableRandom random, int most) {
    byte[] bytes = new byte[8 * random.nextInt(1, 1 + most / 8)];
    random.nextBytes(bytes);
    return new Octets().all(bytes);
  }

  private static byte[] wrongType(SplittableRandom random) {
    byte[] type = Hdf5Writer.FLOAT.clone();
    switch (random.nextInt(5)) {
      case 0 -> type[0] = (byte) (0x10 | any(random, 2, 3, 4, 5, 6, 7, 8, 9, 10));
      case 1 -> type[1] |= 1; // big-endian
      case 2 -> type[4] = any(random, (byte) 0, (byte) 3, (byte) 16, (byte) -1);
      case 3 -> type[13] = (byte) random.nextInt(9, 255);
      default -> type[8 + random.nextInt(3)] ^= (byte) 0x55;
    }
    return type;
  }

  private static long far(SplittableRandom random) {
    long number = extreme(random);
    return number >= 0 && number < 1 << 20 ? number + (1L << 40) : number;
  }

  private static Group layers() {
    return Hdf5Writer.keras(shapes(Naming.KERAS));
  }

  private static Group wide(int count) {
    Group group = new Group();
    for (int i = 0; i < count; i++) {
      group.put("m" + i, new Group());
    }
    return group;
  }

  private static Group deep(int depth) {
    Group inner = new Group();
    for (int i = 0; i < depth; i++) {
      Group outer = new Group();
      outer.put("g", inner);
      inner = outer;
    }
    return inner;
  }
}
