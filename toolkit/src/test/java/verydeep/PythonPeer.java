package verydeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;

/**
 * A script of src/test/python that computes while a test runs, on what the test leaves in a folder.
 * Only tests that ask for the property {@code losses.python}, which names Python with the packages
 * of src/test/python, may use it.
 */
public final class PythonPeer {

  private final Path folder;

  public PythonPeer(Path folder) {
    this.folder = folder;
  }

  /** Writes weights.txt, a name and sizes a line, and weights.f32 in its order. */
  public void write(Parameters parameters) throws IOException {
    List<String> names = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    for (ParameterShape shape : parameters.network().parameterShapes()) {
      StringBuilder line = new StringBuilder(shape.name());
      shape.sizes().forEach(size -> line.append(' ').append(size));
      names.add(line.toString());
      weights.add(parameters.get(shape.name()).toArray());
    }
    Files.write(folder.resolve("weights.txt"), names);
    write("weights.f32", weights);
  }

  /** Writes arrays one after the other. */
  public void write(String name, List<float[]> arrays) throws IOException {
    int size = arrays.stream().mapToInt(array -> array.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = bytes.asFloatBuffer();
    arrays.forEach(floats::put);
    Files.write(folder.resolve(name), bytes.array());
  }

  public void write(String name, int[] numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(numbers);
    Files.write(folder.resolve(name), bytes.array());
  }

  /** Returns the numbers of a file that a script has left. */
  public FloatBuffer read(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /** Runs a script with the folder and more arguments, and returns the lines that it prints. */
  public List<String> run(String script, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("losses.python"));
    command.add(Path.of("src/test/python").toAbsolutePath().resolve(script).toString());
    command.add(folder.toString());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
    return Files.readAllLines(output);
  }
}
