package verydeep.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * The order of the rounds: the first one of each kind of work, then the second one of each, so that
 * the rounds of a work are far apart and a run that ends early has something of all. A round that
 * would end after the time limit, by the longest one of its work so far, is left out.
 */
final class Schedule {

  /** Runs a round of a kind of work, or does something with what came of it. */
  interface Round {
    void run(String work, int round) throws IOException, RunnerException;
  }

  private final List<String> works;
  private final int rounds;
  private final TimeLimit limit;

  Schedule(List<String> works, int rounds, TimeLimit limit) {
    this.works = works;
    this.rounds = rounds;
    this.limit = limit;
  }

  /** Runs the rounds, and returns those that it had no time for, as "work, round 2". */
  List<String> run(Round one) throws IOException, RunnerException {
    Map<String, Duration> longest = new HashMap<>();
    List<String> left = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      for (String work : works) {
        Duration expected = longest.getOrDefault(work, Duration.ZERO);
        if (!limit.allows(expected)) {
          left.add(work + ", round " + round);
          continue;
        }
        Duration before = limit.spent();
        one.run(work, round);
        Duration taken = limit.spent().minus(before);
        longest.merge(work, taken, (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
    }
    return left;
  }
}
