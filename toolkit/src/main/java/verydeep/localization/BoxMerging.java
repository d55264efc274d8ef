package verydeep.localization;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;

/**
 * Merges the many boxes of dense testing into a few: the greedy merging of Sermanet et al. 2014
 * (OverFeat), which appendix A uses.
 *
 * <ol>
 *   <li>Each view selects the k classes with the highest score at any place of its map.
 *   <li>It contributes the boxes of these classes at all its places.
 *   <li>The boxes of all views, scales and networks are pooled per class: boxes of different
 *       classes are never merged.
 *   <li>The two boxes with the smallest {@link #matchScore} are replaced by their mean, weighted by
 *       the number of boxes that went into each, until the smallest score is above a threshold.
 *   <li>A merged box's score is the sum of the class's scores at the places it came from.
 * </ol>
 *
 * <p>Neither paper specifies the match score, k and the threshold; the methods document the choices
 * made here. Ties are broken deterministically: of classes with equal scores, the one with the
 * smaller index is selected. Boxes are in the order of views and places; of equally near pairs, the
 * one whose first box comes first is merged, then the one whose second box comes first, and the
 * mean takes the place of the first box.
 */
public final class BoxMerging {

  private static final BoxMerging DEFAULT = new BoxMerging(0.5, 5);

  private final double threshold;
  private final int classes;

  private BoxMerging(double threshold, int classes) {
    this.threshold = threshold;
    this.classes = classes;
  }

  /**
   * Returns the standard settings: the 5 best classes of each view, which is the number of guesses
   * that ILSVRC allows, merged up to a match score of 0.5. Two boxes of equal size are merged if
   * their centers are less than about a fifth of their side apart.
   *
   * @return the settings
   */
  public static BoxMerging standard() {
    return DEFAULT;
  }

  /**
   * Sets the match score up to which boxes are merged.
   *
   * @param largest 0 or more; 0 merges only equal boxes
   * @return the changed settings
   */
  public BoxMerging threshold(double largest) {
    if (!(largest >= 0)) {
      throw new VerydeepException(
          "The match score up to which boxes are merged is " + largest + "; it must be 0 or more.");
    }
    return new BoxMerging(largest, classes);
  }

  /**
   * Sets the number of classes that each view contributes boxes for.
   *
   * @param most k, 1 or more
   * @return the changed settings
   */
  public BoxMerging classes(int most) {
    if (most < 1) {
      throw new VerydeepException(
          "The number of classes per view is " + most + "; it must be 1 or more.");
    }
    return new BoxMerging(threshold, most);
  }

  /**
   * Returns how poorly two boxes match: the distance of their centers relative to their mean
   * diagonal, plus 1 minus their intersection over union. OverFeat adds the distance of the centers
   * and the area of the intersection, without stating units; this score does not depend on the
   * image size.
   *
   * @param one a box
   * @param other another box
   * @return 0 for equal boxes, more for others; infinite for two distinct points
   */
  public static double matchScore(BoundingBox one, BoundingBox other) {
    double x = one.centerX() - other.centerX();
    double y = one.centerY() - other.centerY();
    double distance = Math.sqrt(x * x + y * y);
    double diagonal = (one.diagonal() + other.diagonal()) / 2;
    return (distance == 0 ? 0 : distance / diagonal) + (1 - one.iou(other));
  }

  /**
   * Returns the boxes of all views before merging.
   *
   * @param views any number of views of one image, with the same classes
   * @return one box per class and place with its score, made from 1 box; class by class
   * @throws VerydeepException if the numbers of classes differ
   */
  public List<MergedBox> candidates(List<? extends BoxMap> views) {
    SortedSet<Integer> wanted = new TreeSet<>();
    List<Set<Integer>> theirs = new ArrayList<>();
    for (BoxMap view : views) {
      if (view.classes() != views.get(0).classes()) {
        throw new VerydeepException(
            "Views of one image must have the same classes, but there are views with "
                + views.get(0).classes()
                + " and with "
                + view.classes()
                + ".");
      }
      theirs.add(best(view));
      wanted.addAll(theirs.get(theirs.size() - 1));
    }
    List<MergedBox> boxes = new ArrayList<>();
    for (int label : wanted) {
      for (int i = 0; i < views.size(); i++) {
        BoxMap view = views.get(i);
        for (int place = 0; theirs.get(i).contains(label) && place < view.places(); place++) {
          boxes.add(new MergedBox(label, view.box(place, label), view.score(place, label), 1));
        }
      }
    }
    return boxes;
  }

  /** Returns the classes with the highest scores anywhere in the map. */
  private Set<Integer> best(BoxMap view) {
    if (view.places() == 0) {
      return Set.of();
    }
    double[] highest =
        IntStream.range(0, view.classes())
            .mapToDouble(
                label ->
                    IntStream.range(0, view.places())
                        .mapToDouble(place -> view.score(place, label))
                        .max()
                        .getAsDouble())
            .toArray();
    return IntStream.range(0, highest.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer label) -> -highest[label])) // stable
        .limit(classes)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Merges the boxes of all views of an image.
   *
   * @param views any number of views with the same classes
   * @return the merged boxes, highest score first; of equal scores, the smaller class first
   * @throws VerydeepException if the numbers of classes differ
   */
  public List<MergedBox> merge(List<? extends BoxMap> views) {
    List<MergedBox> candidates = candidates(views);
    List<MergedBox> merged = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= candidates.size(); to++) {
      if (to == candidates.size() || candidates.get(to).label() != candidates.get(from).label()) {
        merged.addAll(GreedyMerge.of(candidates.subList(from, to), threshold));
        from = to;
      }
    }
    merged.sort(Comparator.comparingDouble(box -> -box.score())); // stable
    return List.copyOf(merged);
  }

  /**
   * Returns the guesses for an image: the best merged box of each class, most confident class
   * first: the one on which most places agree most surely. A guess's score is the mean score of its
   * places.
   *
   * @param views any number of views with the same classes
   * @param most the most guesses; ILSVRC allows 5
   * @return at most that many guesses, no two of the same class
   * @throws VerydeepException if the numbers of classes differ, or most is below 1
   */
  public List<LocalizedImage.Guess> guesses(List<? extends BoxMap> views, int most) {
    if (most < 1) {
      throw new VerydeepException("The number of guesses is " + most + "; it must be 1 or more.");
    }
    Set<Integer> seen = new LinkedHashSet<>();
    return merge(views).stream()
        .filter(box -> seen.add(box.label()))
        .limit(most)
        .map(box -> new LocalizedImage.Guess(box.label(), box.box(), box.score() / box.boxes()))
        .toList();
  }

  /** The match score up to which boxes are merged. */
  double threshold() {
    return threshold;
  }

  /** How many classes each view contributes boxes for. */
  int classes() {
    return classes;
  }

  /** Returns the settings. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "boxes of %d classes merged up to a match score of %s", classes, threshold);
  }

  /**
   * The result of one view of an image: the classes' scores and a box for each class at each place
   * of the score map. A view is one localization network at one scale, on the image or its flip.
   */
  public interface BoxMap {

    /**
     * Returns the number of places in the map.
     *
     * @return rows times columns; 0 or more
     */
    int places();

    /**
     * Returns the number of classes with scores.
     *
     * @return the same number for all views of an image
     */
    int classes();

    /**
     * Returns the classifier's score for a class at a place.
     *
     * @param place from 0, row by row
     * @param label the class's index
     * @return its posterior, 0 or more
     */
    double score(int place, int label);

    /**
     * Returns where the localization network sees the object.
     *
     * @param place from 0, row by row
     * @param label the class's index; with a single box (SCR) it is the same for all classes
     * @return the box, in pixels of the image
     */
    BoundingBox box(int place, int label);
  }

  /**
   * A box that results from merging.
   *
   * @param label the class's index
   * @param box the mean of the merged boxes, in pixels of the image
   * @param score the sum of the class's scores at the places the boxes came from
   * @param boxes the number of merged boxes, 1 or more
   */
  public record MergedBox(int label, BoundingBox box, double score, int boxes) {

    /** Returns the class, the box, the score, and the number of merged boxes. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "class %d at %s, score %.3f, of %d boxes", label, box, score, boxes);
    }
  }
}
