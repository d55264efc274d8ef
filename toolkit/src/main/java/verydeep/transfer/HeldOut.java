package verydeep.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which examples are held out of a training, so that its cost can be chosen on them. */
final class HeldOut {

  private HeldOut() {}

  /** A fifth of each group, rounded up; a group of one stays in the training. */
  static int[] fifth(List<List<Integer>> groups) {
    List<Integer> held = new ArrayList<>();
    for (List<Integer> group : groups) {
      held.addAll(group.subList(0, group.size() < 2 ? 0 : (group.size() + 4) / 5));
    }
    return sorted(held);
  }

  /**
   * Each example once, in folds whose sizes differ by at most one, as do the numbers of a group's
   * examples in them: group after group is dealt out.
   */
  static List<int[]> folds(List<List<Integer>> groups, int folds) {
    List<Integer> all = groups.stream().flatMap(List::stream).toList();
    List<int[]> held = new ArrayList<>();
    for (int fold = 0; fold < folds; fold++) {
      List<Integer> some = new ArrayList<>();
      for (int i = fold; i < all.size(); i += folds) {
        some.add(all.get(i));
      }
      held.add(sorted(some));
    }
    return held;
  }

  /** The examples that stay in the training. */
  static int[] others(int[] held, int size) {
    boolean[] out = new boolean[size];
    IntStream.of(held).forEach(i -> out[i] = true);
    return IntStream.range(0, size).filter(i -> !out[i]).toArray();
  }

  private static int[] sorted(List<Integer> indices) {
    return indices.stream().mapToInt(i -> i).sorted().toArray();
  }
}
