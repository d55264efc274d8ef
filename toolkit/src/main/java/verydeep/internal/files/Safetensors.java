package verydeep.internal.files;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import verydeep.FileException;
import verydeep.network.Tensor;

/**
 * A file in the safetensors format: tensors by name, and a map of strings. Files are mapped into
 * memory for reading and never passed to native code; numbers of other widths are converted to 32
 * bits as they are used.
 *
 * @param metadata the map of strings
 * @param tensors the tensors in the header's order
 */
public record Safetensors(Map<String, String> metadata, Map<String, Tensor> tensors) {

  /**
   * The longest header, which is the format's own limit. A network's takes 60 kB; that of a test of
   * 100,000 images, which holds their paths, some 10 MB.
   */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final long BEGIN = SafetensorsHeader.BEGIN;

  private static final int CHUNK = 1 << 16;

  /** Reads a file whole. An interrupt takes effect after it, since it would close the file. */
  public static Safetensors read(Path file) {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try {
          return readInterruptibly(file);
        } catch (ClosedByInterruptException e) {
          interrupted = true; // and the next attempt succeeds, since the interrupt is taken back
        } catch (IOException e) {
          throw Unreadable.because(file, e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Safetensors readInterruptibly(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      WeightFile content = read(channel);
      return new Safetensors(content.facts(), content.plain());
    } catch (Malformed e) {
      throw new FileException(file, e.offset(), e.getMessage(), e);
    }
  }

  /**
   * Reads a file, leaving out integer tensors such as the counters of torchvision's batch norms.
   */
  public static WeightFile read(FileChannel channel) throws IOException, Malformed {
    long size = channel.size();
    if (size < BEGIN + 2) {
      throw new Malformed(0, "It is not a safetensors file: it has only " + size + " bytes.");
    }
    long headerLength = littleEndian(channel, 0, BEGIN).getLong();
    if (headerLength < 2 || headerLength > Math.min(LONGEST_HEADER, size - BEGIN)) {
      throw new Malformed(
          0,
          "It is not a safetensors file: its first 8 bytes must be the header's length, from 2 to "
              + Math.min(LONGEST_HEADER, size - BEGIN)
              + " bytes in this file.");
    }
    long data = BEGIN + headerLength;
    SafetensorsHeader header =
        SafetensorsHeader.parse(littleEndian(channel, BEGIN, headerLength), data, size - data);
    Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();
    for (SafetensorsHeader.Entry entry : header.entries()) {
      if (entry.isFloating()) {
        long begin = data + entry.begin();
        ByteBuffer bytes = littleEndian(channel, begin, entry.end() - entry.begin());
        Tensor tensor = NumberType.valueOf(entry.type()).tensor(entry.sizes(), bytes);
        tensors.put(entry.name(), new WeightFile.Stored(tensor, begin));
      }
    }
    return new WeightFile("a safetensors file", tensors, header.metadata());
  }

  private static ByteBuffer littleEndian(FileChannel channel, long from, long length)
      throws IOException {
    return channel.map(FileChannel.MapMode.READ_ONLY, from, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the file, completely or not at all. */
  public void write(Path file) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.sizes()));
    write(file, metadata, shapes, tensors::get);
  }

  /** Writes a file of arrays that are requested one after another. */
  public static void write(
      Path file,
      Map<String, String> metadata,
      Map<String, List<Integer>> shapes,
      Function<String, Tensor> tensors) {
    writeNumbers(
        file,
        metadata,
        shapes,
        (name, numbers) -> {
          Tensor tensor = tensors.apply(name);
          if (!tensor.sizes().equals(shapes.get(name))) {
            throw new IllegalStateException(
                name + " is " + tensor + ", not " + shapes.get(name) + ".");
          }
          numbers.write(tensor.values());
        });
  }

  /** Writes a file of arrays that are given row by row. */
  static void writeRows(
      Path file,
      Map<String, String> metadata,
      Map<String, List<Integer>> shapes,
      Map<String, List<float[]>> rows) {
    writeNumbers(
        file,
        metadata,
        shapes,
        (name, numbers) -> {
          List<Integer> shape = shapes.get(name);
          if (rows.get(name).size() != shape.get(0)) {
            throw new IllegalStateException(
                name + " has " + rows.get(name).size() + " rows, not " + shape.get(0) + ".");
          }
          for (float[] row : rows.get(name)) {
            if (row.length != shape.get(1)) {
              throw new IllegalStateException(
                  name + " has a row of " + row.length + " numbers, not " + shape.get(1) + ".");
            }
            numbers.write(FloatBuffer.wrap(row));
          }
        });
  }

  /** Receives the numbers of an array, in any pieces. */
  private interface Numbers {
    void write(FloatBuffer some) throws IOException;
  }

  /** Gives the numbers of an array. */
  private interface Content {
    void give(String name, Numbers numbers) throws IOException;
  }

  private static void writeNumbers(
      Path file, Map<String, String> metadata, Map<String, List<Integer>> shapes, Content content) {
    shapes.forEach((name, shape) -> checkSize(file, name, shape));
    byte[] header = header(metadata, shapes);
    if (header.length - BEGIN > LONGEST_HEADER) {
      throw new FileException(
          file,
          "It cannot be written: its names and texts would take %d bytes; this format holds %d."
              .formatted(header.length - BEGIN, LONGEST_HEADER),
          null);
    }
    try {
      AtomicFile.write(
          file,
          out -> {
            out.write(header);
            byte[] chunk = new byte[CHUNK];
            for (String name : shapes.keySet()) {
              content.give(name, some -> write(out, some, chunk));
            }
          });
    } catch (IOException e) {
      throw new FileException(file, "It cannot be written: " + e + ".", e);
    }
  }

  /** What is larger could not be mapped in one piece to be read. */
  private static void checkSize(Path file, String name, List<Integer> shape) {
    double bytes = shape.stream().mapToDouble(Integer::doubleValue).reduce(4, (a, b) -> a * b);
    if (bytes > Integer.MAX_VALUE) {
      throw new FileException(
          file,
          "It cannot be written: the array %s of %s numbers would have %,.0f bytes; %,d are the most."
              .formatted(name, shape, bytes, Integer.MAX_VALUE),
          null);
    }
  }

  private static byte[] header(Map<String, String> metadata, Map<String, List<Integer>> shapes) {
    JsonObject entries = new JsonObject();
    JsonObject strings = new JsonObject();
    metadata.forEach(strings::addProperty);
    entries.add("__metadata__", strings);
    long at = 0;
    for (Map.Entry<String, List<Integer>> shape : shapes.entrySet()) {
      JsonArray sizes = new JsonArray();
      shape.getValue().forEach(sizes::add);
      JsonArray offsets = new JsonArray();
      offsets.add(at);
      at += shape.getValue().stream().mapToLong(Integer::longValue).reduce(4, Math::multiplyExact);
      offsets.add(at);
      JsonObject entry = new JsonObject();
      entry.addProperty("dtype", "F32");
      entry.add("shape", sizes);
      entry.add("data_offsets", offsets);
      entries.add(shape.getKey(), entry);
    }
    String json = entries.toString();
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + 7) / 8 * 8; // numbers begin at a multiple of 8 bytes
    byte[] header = new byte[8 + padded];
    ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(text);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return header;
  }

  private static void write(OutputStream out, FloatBuffer values, byte[] chunk) throws IOException {
    while (values.hasRemaining()) {
      FloatBuffer part = values.slice(values.position(), Math.min(values.remaining(), CHUNK / 4));
      values.position(values.position() + part.remaining());
      int bytes = 4 * part.remaining();
      ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(part);
      out.write(chunk, 0, bytes);
    }
  }
}
