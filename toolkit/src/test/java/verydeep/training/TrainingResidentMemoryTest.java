package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.ForkedJvm;

/**
 * Memory stays flat within a training and from one to the next. The heap is taken whole at the
 * start, so that what grows is native. A net's weights and velocities are 12 MB, and a batch's maps
 * 20 MB: what would leave one of either behind each time is seen.
 */
class TrainingResidentMemoryTest {

  private static final Pattern REPORT = Pattern.compile("memory \\[(.*)]");

  @Test
  void residentMemoryDoesNotGrowWithStepsNorWithTrainings(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "needs Linux's /proc");
    List<List<Long>> trainings = run(folder, 5, 8);
    long first = last(trainings.get(1));
    assertThat(last(trainings.get(4))).as("%s", trainings).isLessThan(first + first / 25);
    List<Long> one = trainings.get(4);
    assertThat(last(one)).as("%s", one).isLessThan(one.get(1) + one.get(1) / 25);
  }

  private static long last(List<Long> epochs) {
    return epochs.get(epochs.size() - 1);
  }

  private static List<List<Long>> run(Path folder, int trainings, int epochs)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        ForkedJvm.startFlat(
            TrainingResidentMemory.class, output, folder.resolve("pictures"), trainings, epochs);
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(text).isTrue();
    List<List<Long>> resident = new ArrayList<>();
    for (MatchResult report : REPORT.matcher(text).results().toList()) {
      resident.add(List.of(report.group(1).split(", ")).stream().map(Long::valueOf).toList());
    }
    assertThat(resident).as(text).hasSize(trainings);
    return resident;
  }
}
