package verydeep.weights;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file, read as a stream and without trust: what the JSON says is
 * checked against the file's size before anything is allocated for it.
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {

  private static final int MOST_TENSORS = 100_000;
  private static final int MOST_DIMENSIONS = 8;

  /** One tensor: where its bytes begin and end, from the end of the header on. */
  record Entry(String name, String type, List<Integer> sizes, long begin, long end) {

    int bytesPerNumber() throws Malformed {
      return switch (type) {
        case "F32" -> 4;
        case "F16" -> 2;
        default ->
            throw new Malformed(
                "tensor \"" + name + "\" is of type " + type + "; F32 and F16 are read");
      };
    }
  }

  /** The header breaks a rule of the format. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String reason) {
      super(reason);
    }
  }

  static SafetensorsHeader parse(String json, long dataBytes) throws Malformed {
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (name.equals("__metadata__")) {
          readMetadata(reader, metadata);
        } else if (entries.put(name, readEntry(reader, name)) != null) {
          throw new Malformed("tensor \"" + name + "\" stands in the header twice");
        }
        if (entries.size() > MOST_TENSORS) {
          throw new Malformed("the header lists more than " + MOST_TENSORS + " tensors");
        }
      }
      reader.endObject();
    } catch (IOException | IllegalStateException | NumberFormatException | ArithmeticException e) {
      throw new Malformed("the header is not the JSON of a safetensors file: " + e.getMessage());
    }
    checkLayout(entries.values(), dataBytes);
    return new SafetensorsHeader(metadata, List.copyOf(entries.values()));
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
        default -> throw new Malformed("tensor \"" + name + "\" has a field that the format lacks");
      }
    }
    reader.endObject();
    if (type == null || sizes.stream().anyMatch(size -> size < 0)) {
      throw new Malformed("tensor \"" + name + "\" has no type or a size below zero");
    }
    return new Entry(name, type, sizes, offsets[0], offsets[1]);
  }

  /** Tensors fill the file without a hole or an overlap, and each is as long as its shape says. */
  private static void checkLayout(Iterable<Entry> entries, long dataBytes) throws Malformed {
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
        throw new Malformed("the shape of tensor \"" + entry.name + "\" overflows");
      }
      if (entry.begin != at || entry.end - entry.begin != length || length > Integer.MAX_VALUE) {
        throw new Malformed(
            "tensor \""
                + entry.name
                + "\" should take "
                + length
                + " bytes from byte "
                + at
                + " of the data on, but the header gives it "
                + entry.begin
                + " to "
                + entry.end);
      }
      at = entry.end;
    }
    if (at != dataBytes) {
      throw new Malformed(
          "the header describes " + at + " bytes of data; the file holds " + dataBytes);
    }
  }
}
