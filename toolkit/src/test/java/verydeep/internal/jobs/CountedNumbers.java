package verydeep.internal.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import verydeep.internal.files.TensorFile;
import verydeep.network.Tensor;

/** Work without a network: the squares of numbers, with a count of how often it is opened. */
final class CountedNumbers implements JobWork<List<Integer>> {

  private final int size;
  private final int grain;
  private final String name;
  private String by = "squares on vectors of 256 bits, 2 threads";
  private int interruptAt = Integer.MAX_VALUE;
  private int opened;
  private int closed;

  CountedNumbers(int size, int grain, String name) {
    this.size = size;
    this.grain = grain;
    this.name = name;
  }

  /** Stops the next computation that comes to a number. */
  void interruptAt(int number) {
    interruptAt = number;
  }

  void computedBy(String arithmetic) {
    by = arithmetic;
  }

  int opened() {
    return opened;
  }

  int closed() {
    return closed;
  }

  @Override
  public String title() {
    return "squaring";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int grain() {
    return grain;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("name", name);
  }

  @Override
  public PartFormat<List<Integer>> format() {
    return new PartFormat<>(
        "numbers 1",
        "numbers",
        file -> {
          List<Integer> numbers = new ArrayList<>();
          Tensor tensor = file.tensors().get("numbers");
          for (int i = 0; i < tensor.size(); i++) {
            numbers.add(Math.round(tensor.values().get(i)));
          }
          return numbers;
        },
        (file, texts, numbers) -> {
          Map<String, String> metadata = new LinkedHashMap<>(texts);
          metadata.put("format", "numbers 1");
          int[] all = numbers.stream().mapToInt(Integer::intValue).toArray();
          Tensor tensor = TensorFile.column(all);
          TensorFile.write(file, metadata, Map.of("numbers", tensor.sizes()), n -> tensor);
        },
        List::size,
        parts -> parts.stream().flatMap(List::stream).toList());
  }

  @Override
  public Map<String, String> texts(JobOutcome<List<Integer>> all) {
    return Map.of("computed by", all.arithmetic());
  }

  @Override
  public JobWorker<List<Integer>> open() {
    opened++;
    return new JobWorker<>() {
      @Override
      public String arithmetic() {
        return by;
      }

      @Override
      public int chunk() {
        return grain;
      }

      @Override
      public void compute(int from, int to, Consumer<List<Integer>> results) {
        for (int at = from; at < to; at += grain) {
          if (at >= interruptAt) {
            interruptAt = Integer.MAX_VALUE;
            throw new CancellationException("interrupted");
          }
          List<Integer> some = new ArrayList<>();
          for (int i = at; i < Math.min(at + grain, to); i++) {
            some.add(i * i);
          }
          results.accept(some);
        }
      }

      @Override
      public void close() {
        closed++;
      }
    };
  }
}
