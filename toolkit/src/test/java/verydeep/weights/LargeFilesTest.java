package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import verydeep.weights.PickleWriter.View;

/**
 * PyTorch's files above 2 and 4 GiB, whose network lies behind the state of an optimizer. That
 * state is a hole in the file, which takes no room on the disk.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a hole there is as large as what it stands for")
class LargeFilesTest {

  private static final long NUMBERS = 1_200_000_000;
  private static final long HOLE = 4 * NUMBERS;
  private static final String FOLDER = "archive/";

  /** The number in all tensors of the network. */
  private static final float VALUE = 0.25f;

  @TempDir Path folder;

  private static List<View> views() {
    List<View> views = new ArrayList<>();
    views.add(
        new View("optimizer", "FloatStorage", "all", NUMBERS, 0, List.of(NUMBERS), List.of(1L)));
    views.addAll(PickleWriter.views());
    return views;
  }

  private static byte[] numbers(View view) {
    ByteBuffer bytes = ByteBuffer.allocate((int) (4 * view.numbers()));
    while (bytes.hasRemaining()) {
      bytes.putInt(Integer.reverseBytes(Float.floatToIntBits(VALUE)));
    }
    return bytes.array();
  }

  @Test
  void aZipArchiveOf64BitsIsRead() throws IOException {
    Path file = folder.resolve("large.pth");
    Octets directory = new Octets();
    try (FileChannel out = open(file)) {
      entry(out, directory, "data.pkl", PickleWriter.program(new byte[0], views()));
      long hole = out.position();
      local(out, "data/all", 0xffffffffL);
      listed(
          directory,
          "data/all",
          0xffffffffL,
          hole,
          new Octets().u16(1).u16(16).u64(HOLE).u64(HOLE));
      out.position(out.position() + HOLE);
      for (View view : PickleWriter.views()) {
        entry(out, directory, "data/" + view.key(), numbers(view));
      }
      end(out, directory);
      assertThat(out.size()).isGreaterThan(1L << 32);
    }
    check(file);
  }

  @Test
  void aLegacyStreamIsRead() throws IOException {
    Path file = folder.resolve("large.pth");
    try (FileChannel out = open(file)) {
      write(out, HostileTorchLegacy.head(1001, true));
      write(out, PickleWriter.program(new byte[0], views()));
      write(out, HostileTorchLegacy.list(views().stream().map(View::key).toList()));
      write(out, new Octets().u64(NUMBERS).toBytes());
      out.position(out.position() + HOLE);
      for (View view : PickleWriter.views()) {
        write(out, new Octets().u64(view.numbers()).all(numbers(view)).toBytes());
      }
    }
    check(file);
  }

  private static void check(Path file) {
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.network().classes()).isEqualTo(5);
    for (String name : read.parameters().names()) {
      float[] expected = new float[read.parameters().get(name).size()];
      Arrays.fill(expected, VALUE);
      assertThat(read.parameters().get(name).toArray()).as(name).isEqualTo(expected);
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE);
  }

  private static void write(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      out.write(rest);
    }
  }

  private static void entry(FileChannel out, Octets directory, String name, byte[] content)
      throws IOException {
    long header = out.position();
    local(out, name, content.length);
    write(out, content);
    boolean wide = header >= 0xffffffffL;
    Octets extra = wide ? new Octets().u16(1).u16(8).u64(header) : new Octets();
    listed(directory, name, content.length, wide ? 0xffffffffL : header, extra);
  }

  private static void local(FileChannel out, String name, long size) throws IOException {
    Octets header = new Octets().text("PK").put(3, 4).u16(45).zeros(12).u32(size).u32(size);
    byte[] path = (FOLDER + name).getBytes(StandardCharsets.UTF_8);
    write(out, header.u16(path.length).u16(0).all(path).toBytes());
  }

  private static void listed(Octets directory, String name, long size, long header, Octets extra) {
    byte[] path = (FOLDER + name).getBytes(StandardCharsets.UTF_8);
    directory.text("PK").put(1, 2).u16(45).u16(45).zeros(12).u32(size).u32(size);
    directory.u16(path.length).u16(extra.size()).zeros(10).u32(header).all(path).all(extra);
  }

  private static void end(FileChannel out, Octets directory) throws IOException {
    long begin = out.position();
    long count = PickleWriter.views().size() + 2L;
    write(out, directory.toBytes());
    long end = out.position();
    Octets large = new Octets().text("PK").put(6, 6).u64(44).zeros(12).u64(count).u64(count);
    large.u64(directory.size()).u64(begin).text("PK").put(6, 7).u32(0).u64(end).u32(1);
    large.text("PK").put(5, 6).u32(0).u16(count).u16(count).u32(directory.size());
    write(out, large.u32(0xffffffffL).u16(0).toBytes());
  }
}
