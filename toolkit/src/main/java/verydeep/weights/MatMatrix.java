package verydeep.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NumberType;
import verydeep.internal.files.WeightFile;

/**
 * A matrix of a .mat file: numbers, text, a cell array or a struct, whose parts are matrices too.
 * Parts are found by their lengths, and entered only by whoever wants them.
 *
 * @param kind its class in MATLAB
 * @param sizes the shape
 * @param name the variable's name; empty for parts
 * @param content the elements after its name
 */
record MatMatrix(int kind, List<Integer> sizes, String name, Cursor content) {

  private static final int CELL = 1;
  private static final int STRUCT = 2;
  private static final int TEXT = 4;
  private static final int SINGLES = 7;
  private static final int DOUBLES = 9;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;

  /** The bytes that state an element's type and length. */
  private static final int TAG = 8;

  private static final int MOST_DIMENSIONS = 8;
  private static final int LONGEST_NAME = 200;

  /** An element: its type, and its bytes. */
  private record Element(int type, Cursor bytes) {

    /** Reads an element with its padding; short ones have their bytes in their first 8. */
    static Element read(Cursor file) throws Malformed {
      long tag = file.unsigned32();
      if (tag >>> 16 != 0) {
        Cursor small = file.next(4);
        return new Element((int) tag & 0xffff, small.next(Math.min(4, tag >>> 16)));
      }
      long length = file.unsigned32();
      Cursor bytes = file.next(length);
      if (tag != COMPRESSED) {
        file.skip(Math.min(file.remaining(), (8 - length % 8) % 8));
      }
      return new Element((int) tag, bytes);
    }
  }

  /** Returns whether the next variable of a file is compressed. */
  static boolean isCompressed(Cursor file) throws Malformed {
    return file.at(file.position(), 4).unsigned32() == COMPRESSED;
  }

  /** Returns the bytes of a file's next variable, inflated if need be; none if it is no matrix. */
  static Cursor variable(Cursor file) throws Malformed {
    Element element = Element.read(file);
    Cursor bytes = element.bytes;
    if (element.type != COMPRESSED) {
      return element.type == MATRIX ? bytes : bytes.next(0);
    }
    Cursor tag = Cursor.of(Inflation.inflate(copy(bytes), TAG, true));
    boolean matrix = tag.unsigned32() == MATRIX;
    long length = tag.unsigned32();
    if (!matrix) {
      return bytes.next(0);
    }
    Inflation.check(bytes, length);
    Cursor whole = Cursor.of(Inflation.inflate(copy(bytes), TAG + length, true));
    whole.skip(TAG);
    return whole;
  }

  private static Cursor copy(Cursor cursor) throws Malformed {
    return cursor.at(cursor.position(), cursor.remaining());
  }

  /** Reads a matrix up to its content. */
  static MatMatrix of(Cursor bytes) throws Malformed {
    if (bytes.remaining() == 0) {
      return new MatMatrix(0, List.of(0), "", bytes); // an empty part
    }
    int kind = Element.read(bytes).bytes.octet();
    Cursor dimensions = Element.read(bytes).bytes;
    List<Integer> sizes = new ArrayList<>();
    while (dimensions.remaining() >= 4) {
      int size = dimensions.signed32();
      if (size < 0 || sizes.size() == MOST_DIMENSIONS) {
        throw dimensions.malformed("A matrix has a size or a number of dimensions that cannot be.");
      }
      sizes.add(size);
    }
    Cursor name = Element.read(bytes).bytes;
    return new MatMatrix(
        kind, List.copyOf(sizes), name.latin(Math.min(LONGEST_NAME, name.remaining())), bytes);
  }

  boolean isCell() {
    return kind == CELL;
  }

  boolean isStruct() {
    return kind == STRUCT && count() > 0;
  }

  boolean isText() {
    return kind == TEXT;
  }

  private long count() {
    long count = 1;
    for (int size : sizes) {
      count = Math.min(1L << 40, count * size);
    }
    return count;
  }

  /** Returns the parts of a cell array. */
  List<MatMatrix> cells(int most) throws Malformed {
    Cursor rest = copy(content);
    List<MatMatrix> cells = new ArrayList<>();
    for (long i = Math.min(count(), most); i > 0; i--) {
      cells.add(part(rest));
    }
    return cells;
  }

  /** Returns the fields of the first structs in an array of structs. */
  List<Map<String, MatMatrix>> structs(int most) throws Malformed {
    Cursor rest = copy(content);
    Cursor lengths = Element.read(rest).bytes;
    long length = lengths.unsigned32();
    Cursor names = Element.read(rest).bytes;
    List<String> fields = new ArrayList<>();
    while (length > 0 && names.remaining() >= length) {
      fields.add(names.latin(Math.min(length, LONGEST_NAME)).replaceFirst("\0.*", ""));
      names.skip(Math.max(0, length - LONGEST_NAME));
    }
    List<Map<String, MatMatrix>> structs = new ArrayList<>();
    for (long i = Math.min(count(), most); i > 0; i--) {
      Map<String, MatMatrix> struct = new LinkedHashMap<>();
      for (String field : fields) {
        struct.put(field, part(rest));
      }
      structs.add(struct);
    }
    return structs;
  }

  private static MatMatrix part(Cursor rest) throws Malformed {
    Element element = Element.read(rest);
    if (element.type != MATRIX) {
      throw rest.malformed("A part of a cell array or of a struct is no matrix.");
    }
    return of(element.bytes);
  }

  /** Returns a row of characters. */
  String text() throws Malformed {
    Element characters = Element.read(copy(content));
    Cursor bytes = characters.bytes;
    return bytes.latin(Math.min(2 * LONGEST_NAME, bytes.remaining())).replace("\0", "");
  }

  /**
   * Returns the numbers, which lie column by column; null if they are not stored as floating-point
   * ones.
   *
   * @param kernel whether the dimensions are (row, column, in, out), of which MATLAB leaves out the
   *     last ones if they are 1; otherwise all are one
   */
  WeightFile.Stored numbers(boolean kernel) throws Malformed {
    Element real = Element.read(copy(content));
    if (real.type != SINGLES && real.type != DOUBLES) {
      return null;
    }
    NumberType type = real.type == SINGLES ? NumberType.F32 : NumberType.F64;
    if (real.bytes.remaining() != count() * type.bytes() || sizes.size() > 4) {
      throw real.bytes.malformed(
          "A matrix of shape " + sizes + " has " + real.bytes.remaining() + " bytes of numbers.");
    }
    long offset = real.bytes.position();
    if (!kernel) {
      List<Integer> row = List.of((int) count());
      return new WeightFile.Stored(type.tensor(row, real.bytes.buffer()), offset);
    }
    int[] hwio = {1, 1, 1, 1};
    for (int i = 0; i < sizes.size(); i++) {
      hwio[i] = sizes.get(i);
    }
    long map = (long) hwio[0] * hwio[1];
    return new WeightFile.Stored(
        StridedNumbers.of(type, real.bytes.buffer())
            .tensor(
                List.of(hwio[3], hwio[2], hwio[0], hwio[1]),
                List.of(map * hwio[2], map, 1L, (long) hwio[0])),
        offset);
  }
}
