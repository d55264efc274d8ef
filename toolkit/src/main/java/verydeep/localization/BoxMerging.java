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
 * Makes a few boxes of the many that dense testing gives: the greedy merging of Sermanet et al.
 * 2014 (OverFeat), which appendix A uses.
 *
 * <ol>
 *   <li>Each view takes the k classes whose score is the highest at any place of its map.
 *   <li>It gives the boxes of these classes at all its places.
 *   <li>The boxes of all views, scales and networks are put together, class by class: boxes of
 *       different classes are never merged.
 *   <li>The two boxes with the smallest {@link #matchScore} are replaced by their mean, each
 *       weighted by how many boxes went into it, until the smallest is above a threshold.
 *   <li>A merged box's score is the sum of the class's scores at the places it came from.
 * </ol>
 *
 * <p>The paper and OverFeat's leave match score, k and threshold open; see the methods for what was
 * decided. Ties are broken in one way: of classes with the same score the one with the smaller
 * index is taken; boxes are in the order of views and places, of equally near pairs the one whose
 * first box comes first is merged, then the one whose second box does, and the mean takes the place
 * of the first.
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
   * Merging of the 5 best classes of each view, the number of guesses that ILSVRC allows, up to a
   * match score of 0.5: two boxes of one size are merged if their centers are less than about a
   * fifth of their side apart.
   *
   * @return the settings
   */
  public static BoxMerging standard() {
    return DEFAULT;
  }

  /**
   * Up to which match score boxes are merged.
   *
   * @param largest 0 or more; 0 merges equal boxes alone
   * @return new settings
   */
  public BoxMerging threshold(double largest) {
    if (!(largest >= 0)) {
      throw new VerydeepException(
          "Boxes are merged up to a match score of 0 or more; given is " + largest + ".");
    }
    return new BoxMerging(largest, classes);
  }

  /**
   * How many classes a view gives boxes of.
   *
   * @param most k, 1 or more
   * @return new settings
   */
  public BoxMerging classes(int most) {
    if (most < 1) {
      throw new VerydeepException(
          "A view gives boxes of 1 class or more; given is k = " + most + ".");
    }
    return new BoxMerging(threshold, most);
  }

  /**
   * How little two boxes match: the distance of their centers as a share of their mean diagonal,
   * plus 1 less their intersection over union. OverFeat's authors add the distance of the centers
   * and the area of the intersection, and give no units; this one does not depend on the image's
   * size.
   *
   * @param one a box
   * @param other another
   * @return 0 for equal boxes, more for others; infinite for two points apart
   */
  public static double matchScore(BoundingBox one, BoundingBox other) {
    double x = one.centerX() - other.centerX();
    double y = one.centerY() - other.centerY();
    double distance = Math.sqrt(x * x + y * y);
    double diagonal = (one.diagonal() + other.diagonal()) / 2;
    return (distance == 0 ? 0 : distance / diagonal) + (1 - one.iou(other));
  }

  /**
   * The boxes of all views before merging.
   *
   * @param views of one image, of the same classes; any number
   * @return a box a class and place, with its score and made of 1; class by class
   * @throws VerydeepException if the numbers of classes differ
   */
  public List<MergedBox> candidates(List<? extends BoxMap> views) {
    SortedSet<Integer> wanted = new TreeSet<>();
    List<Set<Integer>> theirs = new ArrayList<>();
    for (BoxMap view : views) {
      if (view.classes() != views.get(0).classes()) {
        throw new VerydeepException(
            "Views of one image know the same classes; given are views with "
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

  /** The classes with the highest scores anywhere in the map. */
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
   * @param views of the same classes; any number
   * @return what is left, the highest score first, of equal ones the smaller class
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
   * What is said of an image: the best merged box of each class, the most confident classes first.
   *
   * @param views of the same classes; any number
   * @param most how many guesses at most; ILSVRC allows 5
   * @return at most so many, no two of a class
   * @throws VerydeepException if the numbers of classes differ, or most is below 1
   */
  public List<BoxGuess> guesses(List<? extends BoxMap> views, int most) {
    if (most < 1) {
      throw new VerydeepException("1 guess or more is needed; asked for are " + most + ".");
    }
    Set<Integer> seen = new LinkedHashSet<>();
    return merge(views).stream()
        .filter(box -> seen.add(box.label()))
        .limit(most)
        .map(box -> new BoxGuess(box.label(), box.box(), box.score()))
        .toList();
  }

  /** The settings. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "boxes of %d classes merged up to a match score of %s", classes, threshold);
  }
}
