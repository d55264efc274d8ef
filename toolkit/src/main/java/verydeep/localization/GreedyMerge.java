package verydeep.localization;

import java.util.ArrayList;
import java.util.List;
import verydeep.data.BoundingBox;

/**
 * Merges the two nearest boxes of a class until none are near. Each box knows the nearest of those
 * after it, so a merge costs about one pass over all boxes rather than over all pairs.
 */
final class GreedyMerge {

  private static final int NONE = -1;

  private final BoxMerging.MergedBox[] boxes;
  private final int[] nearest;
  private final double[] match;

  private GreedyMerge(List<BoxMerging.MergedBox> boxes) {
    this.boxes = boxes.toArray(new BoxMerging.MergedBox[0]);
    this.nearest = new int[this.boxes.length];
    this.match = new double[this.boxes.length];
    for (int i = 0; i < this.boxes.length; i++) {
      search(i);
    }
  }

  /** Returns the merged boxes, in the order of the first box that went into each. */
  static List<BoxMerging.MergedBox> of(List<BoxMerging.MergedBox> boxes, double threshold) {
    GreedyMerge merge = new GreedyMerge(boxes);
    for (int i = merge.best(); i != NONE && merge.match[i] <= threshold; i = merge.best()) {
      merge.unite(i, merge.nearest[i]);
    }
    List<BoxMerging.MergedBox> left = new ArrayList<>();
    for (BoxMerging.MergedBox box : merge.boxes) {
      if (box != null) {
        left.add(box);
      }
    }
    return left;
  }

  /** Returns the first box of the nearest pair; of equally near pairs, the first. */
  private int best() {
    int best = NONE;
    for (int i = 0; i < boxes.length; i++) {
      if (boxes[i] != null && nearest[i] != NONE && (best == NONE || match[i] < match[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Finds the nearest of the boxes after one; of equally near ones, the first. */
  private void search(int i) {
    nearest[i] = NONE;
    for (int j = i + 1; j < boxes.length; j++) {
      if (boxes[j] != null) {
        compare(i, j);
      }
    }
  }

  private void compare(int i, int j) {
    double score = BoxMerging.matchScore(boxes[i].box(), boxes[j].box());
    if (nearest[i] == NONE || score < match[i] || (score == match[i] && j < nearest[i])) {
      nearest[i] = j;
      match[i] = score;
    }
  }

  private void unite(int i, int j) {
    boxes[i] = mean(boxes[i], boxes[j]);
    boxes[j] = null;
    search(i);
    for (int r = 0; r < j; r++) {
      if (r == i || boxes[r] == null) {
        continue;
      }
      if (nearest[r] == i || nearest[r] == j) {
        search(r);
      } else if (r < i) {
        compare(r, i);
      }
    }
  }

  private static BoxMerging.MergedBox mean(BoxMerging.MergedBox one, BoxMerging.MergedBox other) {
    int boxes = one.boxes() + other.boxes();
    BoundingBox a = one.box();
    BoundingBox b = other.box();
    BoundingBox mean =
        new BoundingBox(
            (one.boxes() * a.left() + other.boxes() * b.left()) / boxes,
            (one.boxes() * a.top() + other.boxes() * b.top()) / boxes,
            (one.boxes() * a.right() + other.boxes() * b.right()) / boxes,
            (one.boxes() * a.bottom() + other.boxes() * b.bottom()) / boxes);
    return new BoxMerging.MergedBox(one.label(), mean, one.score() + other.score(), boxes);
  }
}
