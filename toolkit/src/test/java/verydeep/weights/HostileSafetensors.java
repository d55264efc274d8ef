package verydeep.weights;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Hostile safetensors files: lies of the header's length, offsets, shapes; JSON that is a bomb. */
final class HostileSafetensors extends Hostile {

  private static final String FIELD = "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%s,%s]}";

  /** A tensor as the header tells of it; every part may be a lie. */
  private record Entry(String name, String type, String shape, String begin, String end) {
    String json() {
      return "\"" + name + "\":" + FIELD.formatted(type, shape, begin, end);
    }
  }

  HostileSafetensors() {
    trick("length of the header", r -> file(extreme(r), header(entries(), "")));
    trick("tensors that overlap", r -> shifted(r, -1));
    trick("hole between tensors", r -> shifted(r, 1));
    trick("begin that overflows", r -> with(r, e -> copy(e, e.shape, far(r), e.end)));
    trick("end that overflows", r -> with(r, e -> copy(e, e.shape, e.begin, far(r))));
    trick("both that overflow", r -> with(r, e -> copy(e, e.shape, far(r), far(r))));
    trick("size that overflows", r -> with(r, e -> copy(e, "[" + far(r) + "]", e.begin, e.end)));
    trick(
        "product that overflows",
        r -> with(r, e -> copy(e, "[2147483647,2147483647," + far(r) + "]", e.begin, e.begin)));
    trick(
        "no numbers in a huge shape",
        r -> with(r, e -> copy(e, "[0,2147483647,2147483647]", e.begin, e.begin)));
    trick(
        "many dimensions",
        r ->
            with(r, e -> copy(e, "[1" + ",1".repeat(r.nextInt(8, 200_000)) + "]", e.begin, e.end)));
    trick(
        "number of many digits",
        r -> with(r, e -> copy(e, e.shape, e.begin, any(r, "9", "1e", "0.").concat(digits(r)))));
    trick("number of another form", r -> with(r, e -> copy(e, e.shape, form(r), e.end)));
    trick(
        "type",
        r ->
            with(
                r,
                e ->
                    new Entry(
                        e.name,
                        any(r, "F8_E4M3", "C64", "", "F", "f32", "F32\\u0000", "I64", "U8"),
                        e.shape,
                        e.begin,
                        e.end)));
    trick("arrays within arrays", r -> text("{\"a\":" + "[".repeat(r.nextInt(1, 3_000_000))));
    trick(
        "objects within objects",
        r -> text("{\"__metadata__\":" + "{\"a\":".repeat(r.nextInt(1, 600_000))));
    trick("name twice", r -> with(r, e -> new Entry("features.0.bias", "F32", "[0]", "0", "0")));
    trick("many tensors", r -> text("{" + empties(r.nextInt(10_001, 60_000)) + "}"));
    trick(
        "first layers of many networks", r -> text("{" + firsts(r.nextInt(5000, 9999), "") + "}"));
    trick("networks within networks", r -> text("{" + firsts(r.nextInt(200, 490), "a.") + "}"));
    trick("long name", r -> with(r, e -> rename(e, "n".repeat(r.nextInt(1000, 3_000_000)))));
    trick("surrogate in a name", r -> with(r, e -> rename(e, any(r, "\\ud800", "\\u0000", "\\x"))));
    trick(
        "metadata that is no text",
        r -> text("{\"__metadata__\":{\"a\":" + any(r, "[1]", "{\"b\":{}}", "[[[[") + "}}"));
    trick("network that cannot be", r -> ours(network(r)));
    trick("comment in the JSON", r -> text("{/*" + "*".repeat(r.nextInt(100)) + "*/}"));
    trick(HARMLESS + "megabytes of blanks", r -> longHeader(r.nextInt(1, 1 << 20)));
    trick("bytes that are no UTF-8", r -> broken(r));
    trick("data that is missing", r -> cut(r));
    trick(
        "hole behind the file's end",
        r -> Arrays.copyOf(shifted(r, 1), header(entries(), "").length() + r.nextInt(50, 900)));
    trick(
        "data that is left over",
        r -> new Octets().all(plain()).zeros(1 + r.nextInt(99)).toBytes());
    trick(HARMLESS + "tensors in another order", r -> shuffled(r));
    trick(HARMLESS + "much metadata", r -> file(null, header(entries(), metadata(r))));
    trick(HARMLESS + "blanks", r -> blanks(r.nextInt(1, 1 << 20)));
  }

  @Override
  byte[] plain() {
    return file(null, header(entries(), ""));
  }

  private static List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    long at = 0;
    for (Map.Entry<String, List<Integer>> shape : shapes(Naming.TORCHVISION).entrySet()) {
      long end = at + 4L * count(shape.getValue());
      entries.add(new Entry(shape.getKey(), "F32", shape.getValue().toString(), "" + at, "" + end));
      at = end;
    }
    return entries;
  }

  private static String header(List<Entry> entries, String before) {
    return "{" + before + String.join(",", entries.stream().map(Entry::json).toList()) + "}";
  }

  private static int dataBytes() {
    return Integer.parseInt(entries().get(entries().size() - 1).end);
  }

  private static byte[] file(Long length, String header) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return new Octets()
        .u64(length == null ? json.length : length)
        .all(json)
        .zeros(dataBytes())
        .toBytes();
  }

  private static byte[] text(String header) {
    return file(null, header);
  }

  /** One of the tensors changed. */
  private static byte[] with(SplittableRandom random, UnaryOperator<Entry> change) {
    List<Entry> entries = entries();
    int which = random.nextInt(2, entries.size());
    entries.set(which, change.apply(entries.get(which)));
    return text(header(entries, ""));
  }

  private static Entry copy(Entry entry, String shape, String begin, String end) {
    return new Entry(entry.name, entry.type, shape, begin, end);
  }

  private static Entry rename(Entry entry, String name) {
    return new Entry(name, entry.type, entry.shape, entry.begin, entry.end);
  }

  /** All tensors from one on lie so much earlier or later. */
  private static byte[] shifted(SplittableRandom random, int sign) {
    List<Entry> entries = entries();
    int first = random.nextInt(1, entries.size());
    long by = sign * 4L * random.nextInt(1, 20);
    for (int i = first; i < entries.size(); i++) {
      Entry e = entries.get(i);
      entries.set(
          i,
          copy(e, e.shape, "" + (Long.parseLong(e.begin) + by), "" + (Long.parseLong(e.end) + by)));
    }
    return text(header(entries, ""));
  }

  private static byte[] shuffled(SplittableRandom random) {
    List<Entry> entries = entries();
    Collections.shuffle(entries, new Random(random.nextLong()));
    return text(header(entries, ""));
  }

  private static String far(SplittableRandom random) {
    long number = extreme(random);
    return "" + (number >= 0 && number < 1_000_000 ? number + (1L << 40) : number);
  }

  private static String digits(SplittableRandom random) {
    return "9".repeat(random.nextInt(20, 1_000_000));
  }

  private static String form(SplittableRandom random) {
    return any(random, "1e999", "NaN", "\"x\"", "null", "true", "[]", "{}", "0x10", "1.5", "-1");
  }

  private static String empties(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",").append("\"").append(i).append("\":");
      text.append(FIELD.formatted("F32", "[0]", "0", "0"));
    }
    return text.toString();
  }

  /** First layers, each in a place of its own or within the one before. */
  private static String firsts(int count, String deeper) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String place = deeper.isEmpty() ? "n" + i + "." : deeper.repeat(i);
      text.append(i == 0 ? "" : ",").append("\"").append(place).append("0.weight\":");
      text.append(FIELD.formatted("F32", "[0,3,3,3]", "0", "0"));
    }
    return text.toString();
  }

  private static String metadata(SplittableRandom random) {
    StringBuilder text = new StringBuilder("\"__metadata__\":{\"format\":\"pt\"");
    for (int i = random.nextInt(20_000); i > 0; i--) {
      text.append(",\"").append(i).append("\":\"").append("v".repeat(i % 50)).append('"');
    }
    return text.append("},").toString();
  }

  private static String network(SplittableRandom random) {
    String number = any(random, "1e308", "-1", "2147483647", "0", "\\\"x\\\"", "{}", "1e-308");
    return any(
        random,
        "{\\\"configuration\\\":\\\"A\\\",\\\"width\\\":" + number + ",\\\"input\\\":64}",
        "{\\\"configuration\\\":\\\"A\\\",\\\"width\\\":1,\\\"input\\\":" + number + "}",
        "{\\\"configuration\\\":\\\"E\\\",\\\"width\\\":1,\\\"input\\\":224,\\\"classes\\\":"
            + number
            + "}",
        "[".repeat(random.nextInt(1, 100_000)),
        "{\\\"a\\\":".repeat(random.nextInt(1, 100_000)));
  }

  private static byte[] ours(String network) {
    return text(
        header(
            entries(),
            "\"__metadata__\":{\"format\":\"verydeep 1\",\"network\":\"" + network + "\"},"));
  }

  private static byte[] longHeader(int above) {
    return text(header(entries(), " ".repeat((4 << 20) + above)));
  }

  private static byte[] blanks(int count) {
    return text(header(entries(), " ".repeat(count)));
  }

  private static byte[] broken(SplittableRandom random) {
    byte[] file = plainFile();
    file[random.nextInt(9, 500)] = (byte) (0x80 + random.nextInt(0x40));
    return file;
  }

  private static byte[] cut(SplittableRandom random) {
    byte[] file = plainFile();
    return Arrays.copyOf(file, file.length - 1 - random.nextInt(file.length - 1));
  }

  private static byte[] plainFile() {
    return file(null, header(entries(), ""));
  }
}
