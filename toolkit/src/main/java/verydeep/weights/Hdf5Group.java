package verydeep.weights;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import verydeep.internal.files.Malformed;

/** The members of a group of an HDF5 file: a B-tree of symbol tables, and a heap of their names. */
final class Hdf5Group {

  private static final int DEEPEST = 8;
  private static final int MOST_MEMBERS = 10_000;
  private static final int LONGEST_NAME = 200;
  private static final int SYMBOLIC_LINK = 2;

  private final Cursor file;
  private final Cursor names;
  private final Set<Long> visited = new HashSet<>();
  private final Map<String, Long> members = new LinkedHashMap<>();

  private Hdf5Group(Cursor file, Cursor names) {
    this.file = file;
    this.names = names;
  }

  /** Returns the addresses of the members' object headers by name. */
  static Map<String, Long> members(Cursor file, long tree, long heap) throws Malformed {
    Cursor header = file.from(heap);
    header.expect("HEAP", "the names of a group");
    header.skip(4); // version, reserved
    long length = header.signed64();
    header.skip(8); // free space
    Hdf5Group group = new Hdf5Group(file, file.at(header.signed64(), length));
    group.tree(tree, DEEPEST);
    return group.members;
  }

  /**
   * Reads a node: one of level 0 has symbol tables below it, one of level n has nodes of level n -
   * 1.
   */
  private void tree(long address, int highest) throws Malformed {
    Cursor node = file.from(address);
    node.expect("TREE", "a node of a group's tree");
    int type = node.octet();
    int level = node.octet();
    int children = node.unsigned16();
    if (type != 0 || level > highest || !visited.add(address)) {
      throw new Malformed(
          address, "A group's tree has a node of the wrong kind, or the same node twice.");
    }
    node.skip(16); // siblings
    for (int i = 0; i < children; i++) {
      node.skip(8); // the preceding name
      long child = node.signed64();
      if (level == 0) {
        symbols(child);
      } else {
        tree(child, level - 1);
      }
    }
  }

  private void symbols(long address) throws Malformed {
    Cursor table = file.from(address);
    table.expect("SNOD", "a table of a group's members");
    if (!visited.add(address)) {
      throw new Malformed(address, "A table of members belongs to a group twice.");
    }
    table.skip(2); // version, reserved
    int count = table.unsigned16();
    for (int i = 0; i < count; i++) {
      long at = table.position();
      long nameAt = table.signed64();
      long header = table.signed64();
      long kind = table.unsigned32();
      table.skip(20); // reserved, scratch
      Cursor name = names.at(names.position() + Math.max(0, nameAt), 0);
      if (nameAt < 0 || nameAt > names.remaining()) {
        throw new Malformed(at, "A member's name lies outside the group's names.");
      }
      String text = file.at(name.position(), names.remaining() - nameAt).line('\0', LONGEST_NAME);
      if (kind == SYMBOLIC_LINK) {
        throw new Malformed(at, "Member \"" + text + "\" is a link.");
      }
      if (members.put(text, header) != null || members.size() > MOST_MEMBERS) {
        throw new Malformed(at, "Member \"" + text + "\" appears twice or is one too many.");
      }
    }
  }
}
