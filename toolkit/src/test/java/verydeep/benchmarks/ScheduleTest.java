package verydeep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class ScheduleTest {

  private static final Map<String, Duration> TAKES =
      Map.of("short", Duration.ofMinutes(1), "long", Duration.ofMinutes(5));

  private final List<String> done = new ArrayList<>();
  private long clock;

  @AfterEach
  void clear() {
    System.clearProperty("minutes");
  }

  @Test
  void theFirstRoundOfAllKindsOfWorkComesBeforeTheSecondOfAny()
      throws IOException, RunnerException {
    assertThat(run(2, Duration.ofHours(1))).isEmpty();
    assertThat(done).containsExactly("short 1", "long 1", "short 2", "long 2");
  }

  @Test
  void aRoundThatWouldEndTooLateIsLeftOutAndAShorterOneIsNot() throws IOException, RunnerException {
    assertThat(run(2, Duration.ofMinutes(10))).containsExactly("long, round 2");
    assertThat(done).containsExactly("short 1", "long 1", "short 2");
  }

  @Test
  void aFirstRoundBeginsWhileThereIsTime() throws IOException, RunnerException {
    assertThat(run(1, Duration.ofMinutes(2))).isEmpty();
    done.clear();
    assertThat(run(1, Duration.ofMinutes(1))).containsExactly("long, round 1");
  }

  @Test
  void minutesAreAWholeNumber() {
    System.setProperty("minutes", "soon");
    assertThatThrownBy(TimeLimit::given)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("minutes=soon: a whole number from 1 to 99999 is needed.");
  }

  private List<String> run(int rounds, Duration limit) throws IOException, RunnerException {
    return new Schedule(List.of("short", "long"), rounds, new TimeLimit(limit, () -> clock))
        .run(
            (work, round) -> {
              done.add(work + " " + round);
              clock += TAKES.get(work).toNanos();
            });
  }
}
