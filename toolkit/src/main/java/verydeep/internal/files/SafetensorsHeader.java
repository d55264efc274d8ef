package verydeep.internal.files;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, read as an untrusted stream: what the JSON states is checked
 * against the file's size before anything is allocated for it.
 */
public record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {

  /** The byte of the file at which the JSON begins, after its length. */
  public static final long BEGIN = 8;

  private static final int MOST_TENSORS = 10_000;
  private static final int MOST_DIMENSIONS = 8;

  /** The bytes per number by type, of both the types that are read and those that are skipped. */
  private static final Map<String, Integer> BYTES =
      Map.ofEntries(
          Map.entry("F32", 4),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("F64", 8),
          Map.entry("I64", 8),
          Map.entry("I32", 4),
          Map.entry("I16", 2),
          Map.entry("I8", 1),
          Map.entry("U8", 1),
          Map.entry("BOOL", 1));

  /** One tensor: where its bytes begin and end, counted from the end of the header. */
  record Entry(String name, String type, List<Integer> sizes, long begin, long end) {

    /** Returns whether its numbers are floating-point, since weights always are. */
    boolean isFloating() {
      return type.contains("F");
    }

    int bytesPerNumber() throws Malformed {
      Integer bytes = BYTES.get(type);
      if (bytes == null) {
        throw new Malformed(
            BEGIN,
            "Tensor \""
                + name
                + "\" has the type "
                + type
                + "; F32, F16, BF16 and F64 can be read.");
      }
      return bytes;
    }
  }

  /** Reads the JSON as it is decoded, so that a long one takes no memory beside what it says. */
  static SafetensorsHeader parse(ByteBuffer json, long data, long dataBytes) throws Malformed {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (JsonReader reader = new JsonReader(utf8(json))) {
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (name.equals("__metadata__")) {
          readMetadata(reader, metadata);
        } else if (entries.put(name, readEntry(reader, name)) != null) {
          throw new Malformed(BEGIN, "Tensor \"" + name + "\" appears in the header twice.");
        }
        if (entries.size() > MOST_TENSORS) {
          throw new Malformed(BEGIN, "The header lists more than " + MOST_TENSORS + " tensors.");
        }
      }
      reader.endObject();
    } catch (CharacterCodingException e) {
      throw new Malformed(BEGIN, "The header is not UTF-8.");
    } catch (IOException | IllegalStateException | NumberFormatException | ArithmeticException e) {
      throw new Malformed(
          BEGIN, "The header is not the JSON of a safetensors file: it is damaged.");
    }
    checkLayout(entries.values(), data, dataBytes);
    return new SafetensorsHeader(metadata, List.copyOf(entries.values()));
  }

  /** A decoder of its own refuses what is not UTF-8, where a reader by charset would replace it. */
  private static Reader utf8(ByteBuffer bytes) {
    InputStream stream =
        new InputStream() {
          @Override
          public int read() {
            return bytes.hasRemaining() ? bytes.get() & 0xff : -1;
          }

          @Override
          public int read(byte[] into, int from, int most) {
            int count = Math.min(most, bytes.remaining());
            bytes.get(into, from, count);
            return count == 0 && most > 0 ? -1 : count;
          }
        };
    return new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder());
  }

  private static void readMetadata(JsonReader reader, Map<String, String> metadata)
      throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      metadata.put(reader.nextName(), reader.nextString());
    }
    reader.endObject();
  }

  private static Entry readEntry(JsonReader reader, String name) throws IOException, Malformed {
    String type = null;
    List<Integer> sizes = new ArrayList<>();
    long[] offsets = {-1, -1};
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "dtype" -> type = reader.nextString();
        case "shape" -> {
          reader.beginArray();
          while (reader.peek() != JsonToken.END_ARRAY && sizes.size() < MOST_DIMENSIONS) {
            sizes.add(reader.nextInt());
          }
          reader.endArray();
        }
        case "data_offsets" -> {
          reader.beginArray();
          offsets[0] = reader.nextLong();
          offsets[1] = reader.nextLong();
          reader.endArray();
        }
        default ->
            throw new Malformed(
                BEGIN, "Tensor \"" + name + "\" has a field that the format lacks.");
      }
    }
    reader.endObject();
    if (type == null || sizes.stream().anyMatch(size -> size < 0)) {
      throw new Malformed(BEGIN, "Tensor \"" + name + "\" has no type or a negative size.");
    }
    return new Entry(name, type, sizes, offsets[0], offsets[1]);
  }

  /**
   * Checks that tensors fill the file without gaps or overlaps, and that each is as long as its
   * shape says.
   */
  private static void checkLayout(Iterable<Entry> entries, long data, long dataBytes)
      throws Malformed {
    List<Entry> inOrder = new ArrayList<>();
    entries.forEach(inOrder::add);
    inOrder.sort((a, b) -> Long.compare(a.begin, b.begin));
    long at = 0;
    for (Entry entry : inOrder) {
      long length;
      try {
        length =
            entry.sizes.stream()
                .mapToLong(Integer::longValue)
                .reduce(entry.bytesPerNumber(), Math::multiplyExact);
      } catch (ArithmeticException e) {
        throw new Malformed(BEGIN, "The shape of tensor \"" + entry.name + "\" overflows.");
      }
      if (entry.begin != at || entry.end - entry.begin != length || length > Integer.MAX_VALUE) {
        throw new Malformed(
            data + Math.min(at, dataBytes),
            "Tensor \""
                + entry.name
                + "\" must take "
                + length
                + " bytes from byte "
                + at
                + " of the data, but the header gives it "
                + entry.begin
                + " to "
                + entry.end
                + ".");
      }
      at = entry.end;
    }
    if (at != dataBytes) {
      throw new Malformed(
          data + Math.min(at, dataBytes),
          "The header describes "
              + at
              + " bytes of data, but the file holds "
              + dataBytes
              + (at > dataBytes ? ": it is incomplete, as after a broken download." : "."));
    }
  }
}
