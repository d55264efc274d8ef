package verydeep.weights;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NumberType;
import verydeep.network.Tensor;

/**
 * What a .npy file says of its array, in the words of a Python dictionary.
 *
 * @param type the type of the numbers; null if they are no floating-point numbers
 * @param isPickled whether it holds objects instead of numbers
 * @param byColumns whether the first index varies fastest, as in Fortran
 * @param sizes the shape
 */
record NumpyHeader(NumberType type, boolean isPickled, boolean byColumns, List<Integer> sizes) {

  private static final int LONGEST = 2048;
  private static final int MOST_DIMENSIONS = 8;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,10})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

  private static final Map<String, NumberType> TYPES =
      Map.of("<f4", NumberType.F32, "<f2", NumberType.F16, "<f8", NumberType.F64);

  /** Reads a header, and moves the cursor past it. */
  static NumpyHeader read(Cursor file) throws Malformed {
    long begin = file.position();
    file.expect("\u0093NUMPY", "an array of NumPy");
    int version = file.octet();
    file.skip(1); // the version's second part
    long length = version == 1 ? file.unsigned16() : file.unsigned32();
    if (version < 1 || version > 3 || length > LONGEST) {
      throw new Malformed(
          begin, "The header of the array has version " + version + " and " + length + " bytes.");
    }
    String text = file.latin(length);
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find() || !order.find() || !shape.find()) {
      throw new Malformed(begin, "The header of the array does not give its type and shape.");
    }
    if (type.group(1).startsWith(">f")) {
      throw new Malformed(begin, "The numbers of the array are not little-endian.");
    }
    return new NumpyHeader(
        TYPES.get(type.group(1)),
        type.group(1).equals("|O"),
        order.group(1).equals("True"),
        sizes(shape.group(1), begin));
  }

  private static List<Integer> sizes(String text, long offset) throws Malformed {
    List<Integer> sizes = new ArrayList<>();
    long count = 1;
    for (String part : text.split(",", -1)) {
      String digits = part.strip();
      if (digits.isEmpty()) {
        continue; // after the last comma
      }
      long size = digits.length() > 10 ? -1 : Long.parseLong(digits.replace(" ", ""));
      count *= size;
      if (size < 0 || count > Integer.MAX_VALUE || sizes.size() == MOST_DIMENSIONS) {
        throw new Malformed(offset, "The array has the shape (" + text + ").");
      }
      sizes.add((int) size);
    }
    return List.copyOf(sizes);
  }

  /** Returns how many bytes the numbers take. */
  long bytes() {
    return sizes.stream().mapToLong(Integer::longValue).reduce(type.bytes(), (a, b) -> a * b);
  }

  /** Returns the array over its numbers. */
  Tensor tensor(ByteBuffer numbers) {
    return tensor(type, sizes, byColumns, numbers);
  }

  /** Returns an array over its numbers. */
  static Tensor tensor(
      NumberType type, List<Integer> sizes, boolean byColumns, ByteBuffer numbers) {
    if (!byColumns) {
      return type.tensor(sizes, numbers);
    }
    List<Long> strides = new ArrayList<>();
    long step = 1;
    for (int size : sizes) {
      strides.add(step);
      step *= size;
    }
    return StridedNumbers.of(type, numbers).tensor(sizes, Collections.unmodifiableList(strides));
  }
}
