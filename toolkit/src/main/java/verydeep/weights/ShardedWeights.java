package verydeep.weights;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import verydeep.FileException;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.Unreadable;
import verydeep.internal.files.WeightFile;

/**
 * Weights in several files, and the index that says which tensor is in which: {@code
 * model.safetensors.index.json}, as Hugging Face's tools write it. The files lie beside the index.
 */
final class ShardedWeights {

  private static final int LONGEST_INDEX = 4 << 20;
  private static final int BEGINNING = 256;
  private static final int MOST_FILES = 1000;
  private static final int MOST_TENSORS = 10_000;

  /** The name of a file in the same folder, on all systems. */
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._ -]{0,199}");

  private ShardedWeights() {}

  /** Returns whether a file is JSON with a field of such an index. */
  static boolean recognizes(FileChannel channel) throws IOException {
    long size = channel.size();
    return size <= LONGEST_INDEX
        && text(channel, Math.min(BEGINNING, size)).stripLeading().startsWith("{")
        && text(channel, size).contains("\"weight_map\"");
  }

  static WeightFile read(Path index, FileChannel channel) throws IOException, Malformed {
    Map<String, String> files = files(text(channel, channel.size()));
    Map<String, WeightFile> parts = new LinkedHashMap<>();
    Map<String, WeightFile.Stored> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : files.entrySet()) {
      WeightFile part = parts.get(entry.getValue());
      if (part == null) {
        if (parts.size() == MOST_FILES) {
          throw new Malformed(0, "The index names more than " + MOST_FILES + " files.");
        }
        part = part(index.resolveSibling(entry.getValue()));
        parts.put(entry.getValue(), part);
      }
      WeightFile.Stored stored = part.tensors().get(entry.getKey());
      if (stored != null) { // otherwise of whole numbers; what is missing is missed later
        tensors.put(entry.getKey(), new WeightFile.Stored(stored.tensor(), 0));
      }
    }
    String format = parts.isEmpty() ? "" : parts.values().iterator().next().format();
    return new WeightFile(parts.size() + " parts, each " + format, tensors, Map.of());
  }

  private static WeightFile part(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new FileException(file, "The index names this file, which is not there.");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return FileFormat.content(channel);
    } catch (Malformed e) {
      throw new FileException(file, e.offset(), e.getMessage(), e);
    } catch (IOException e) {
      throw Unreadable.because(file, e);
    }
  }

  /** Returns the name of each tensor's file. */
  private static Map<String, String> files(String json) throws Malformed {
    Map<String, String> files = new LinkedHashMap<>();
    try (JsonReader reader = new JsonReader(new StringReader(json))) {
      reader.beginObject();
      while (reader.hasNext()) {
        if (!reader.nextName().equals("weight_map")) {
          reader.skipValue();
          continue;
        }
        reader.beginObject();
        while (reader.hasNext()) {
          String tensor = reader.nextName();
          String file = reader.nextString();
          if (!FILE_NAME.matcher(file).matches()) {
            throw new Malformed(
                0, "The index names the file \"" + file + "\", which is not one beside it.");
          }
          if (files.put(tensor, file) != null || files.size() > MOST_TENSORS) {
            throw new Malformed(
                0,
                "The index lists tensor \""
                    + tensor
                    + "\" twice, or more than "
                    + MOST_TENSORS
                    + " tensors.");
          }
        }
        reader.endObject();
      }
      reader.endObject();
    } catch (IOException | IllegalStateException | JsonParseException e) {
      throw new Malformed(0, "The index is not the JSON of a map from tensors to files.");
    }
    return files;
  }

  private static String text(FileChannel channel, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) length);
    while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
      // to the end
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }
}
