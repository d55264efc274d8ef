package verydeep;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;

/**
 * What PyTorch computed, read by a reader of its own: F16, F32, I64 and U8. How the files are made
 * stands in src/test/python.
 */
public final class Goldens {

  /** The four largest configurations come with batch normalization too. */
  public static final List<String> NETWORKS =
      List.of("A", "A_LRN", "B", "C", "D", "E", "B_5X5", "A_bn", "B_bn", "D_bn", "E_bn");

  private final JsonObject header;
  private final ByteBuffer data;

  private Goldens(JsonObject header, ByteBuffer data) {
    this.header = header;
    this.data = data;
  }

  /** The file of that name among the resources. */
  public static Goldens of(String name) {
    try {
      return read(Path.of(Goldens.class.getResource("goldens/" + name + ".safetensors").toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Any well-formed safetensors file. */
  public static Goldens read(Path file) {
    try {
      ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] json = new byte[Math.toIntExact(all.getLong())];
      all.get(json);
      String text = new String(json, StandardCharsets.UTF_8);
      return new Goldens(JsonParser.parseString(text).getAsJsonObject(), all.slice());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the tensors and {@code __metadata__}. */
  public Set<String> names() {
    return header.keySet();
  }

  public String metadata(String name) {
    return header.getAsJsonObject("__metadata__").get(name).getAsString();
  }

  public List<Integer> sizes(String name) {
    return entry(name).getAsJsonArray("shape").asList().stream()
        .map(JsonElement::getAsInt)
        .toList();
  }

  /** A tensor of F16 or F32. */
  public float[] floats(String name) {
    ByteBuffer bytes = bytes(name);
    if (type(name).equals("F32")) {
      float[] values = new float[bytes.remaining() / 4];
      bytes.asFloatBuffer().get(values);
      return values;
    }
    check(name, "F16");
    float[] values = new float[bytes.remaining() / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = half(bytes.getShort());
    }
    return values;
  }

  public float number(String name) {
    return floats(name)[0];
  }

  public FloatBuffer buffer(String name) {
    return FloatBuffer.wrap(floats(name));
  }

  /** A tensor of I64. */
  public int[] integers(String name) {
    check(name, "I64");
    ByteBuffer bytes = bytes(name);
    int[] values = new int[bytes.remaining() / 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.toIntExact(bytes.getLong());
    }
    return values;
  }

  /** A tensor of U8. */
  public byte[] octets(String name) {
    check(name, "U8");
    ByteBuffer bytes = bytes(name);
    byte[] values = new byte[bytes.remaining()];
    bytes.get(values);
    return values;
  }

  public Tensor tensor(String name) {
    return Tensor.of(sizes(name), floats(name));
  }

  /** The network of this file. */
  public Vgg network() {
    return Vgg.of(Configuration.valueOf(metadata("configuration")))
        .batchNorm(Boolean.parseBoolean(metadata("batchNorm")))
        .width(1.0 / 32)
        .classes(5)
        .input(64)
        .dropout(0)
        .build();
  }

  /** Its parameters: {@code weight}, or {@code after3} for those after three steps. */
  public Parameters parameters(String group) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names()) {
      if (name.startsWith(group + "/")) {
        tensors.put(name.substring(group.length() + 1), tensor(name));
      }
    }
    return Parameters.of(network(), tensors);
  }

  /** The largest difference between two arrays. */
  public static double difference(float[] given, float[] wanted) {
    if (given.length != wanted.length) {
      throw new AssertionError(given.length + " numbers instead of " + wanted.length);
    }
    double largest = 0;
    for (int i = 0; i < given.length; i++) {
      double difference = Math.abs((double) given[i] - wanted[i]);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }

  /** The same in parts of the largest number that is wanted. */
  public static double relativeDifference(float[] given, float[] wanted) {
    return difference(given, wanted) / largest(wanted);
  }

  public static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /**
   * The size that a difference is measured by: the largest number of the tensor, or a hundredth of
   * the largest of its group if that is more. Where a gradient all but cancels, float32 has only
   * rounding errors of the others for it.
   */
  public double scale(String name) {
    String group = name.substring(0, name.indexOf('/') + 1);
    double largest =
        names().stream()
            .filter(other -> other.startsWith(group))
            .mapToDouble(other -> largest(floats(other)))
            .max()
            .orElseThrow();
    return Math.max(largest(floats(name)), largest / 100);
  }

  private JsonObject entry(String name) {
    if (!header.has(name)) {
      throw new IllegalArgumentException("no tensor " + name + " in " + names());
    }
    return header.getAsJsonObject(name);
  }

  private String type(String name) {
    return entry(name).get("dtype").getAsString();
  }

  private void check(String name, String type) {
    if (!type(name).equals(type)) {
      throw new IllegalArgumentException(name + " is of type " + type(name) + ", not " + type);
    }
  }

  private ByteBuffer bytes(String name) {
    var offsets = entry(name).getAsJsonArray("data_offsets");
    int begin = offsets.get(0).getAsInt();
    return data.slice(begin, offsets.get(1).getAsInt() - begin).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static float half(short bits) {
    int exponent = (bits >> 10) & 31;
    int fraction = bits & 1023;
    if (exponent == 31) {
      throw new IllegalArgumentException("infinite or not a number");
    }
    float size =
        exponent == 0
            ? Math.scalb((float) fraction, -24)
            : Math.scalb(1024f + fraction, exponent - 25);
    return bits < 0 ? -size : size;
  }
}
