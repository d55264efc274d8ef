package verydeep.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import verydeep.VerydeepException;
import verydeep.data.BoundingBox;

/** Merging against a slow version of another hand, and by hand. */
class BoxMergingTest {

  /** Scores by place and class, boxes by place: one, or one a class. */
  private record Shown(List<double[]> scores, List<List<BoundingBox>> boxes, int classes)
      implements BoxMerging.BoxMap {
    @Override
    public int places() {
      return scores.size();
    }

    @Override
    public double score(int place, int label) {
      return scores.get(place)[label];
    }

    @Override
    public BoundingBox box(int place, int label) {
      List<BoundingBox> theirs = boxes.get(place);
      return theirs.get(theirs.size() == 1 ? 0 : label);
    }
  }

  @Test
  void leavesWhatTheLiteralVersionLeaves() throws IOException {
    int cases = 0;
    int merges = 0;
    try (BufferedReader in = golden()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        double[] head = numbers(line.substring("case ".length()));
        List<Shown> views = new ArrayList<>();
        for (int i = 0; i < head[0]; i++) {
          views.add(look(in, (int) head[1]));
        }
        BoxMerging merging = BoxMerging.standard().classes((int) head[2]).threshold(head[3]);
        List<BoxMerging.MergedBox> merged = merging.merge(views);

        int expected = Integer.parseInt(in.readLine().substring("merged ".length()));
        assertThat(merged).as("case %d", cases).hasSize(expected);
        for (BoxMerging.MergedBox box : merged) {
          double[] row = numbers(in.readLine());
          assertThat(box.label()).as("case %d", cases).isEqualTo((int) row[0]);
          assertThat(edges(box.box())).containsExactly(Arrays.copyOfRange(row, 1, 5), within(1e-9));
          assertThat(box.score()).isCloseTo(row[5], within(1e-12));
          assertThat(box.boxes()).isEqualTo((int) row[6]);
          merges += box.boxes() - 1;
        }
        cases++;
      }
    }
    assertThat(cases).isEqualTo(96);
    assertThat(merges).isGreaterThan(300);
  }

  private static BufferedReader golden() {
    return new BufferedReader(
        new InputStreamReader(
            BoxMergingTest.class.getResourceAsStream("merging.txt"), StandardCharsets.UTF_8));
  }

  private static Shown look(BufferedReader in, int classes) throws IOException {
    double[] head = numbers(in.readLine().substring("look ".length()));
    List<double[]> scores = new ArrayList<>();
    List<List<BoundingBox>> boxes = new ArrayList<>();
    for (int place = 0; place < head[0]; place++) {
      scores.add(numbers(in.readLine()));
      double[] edges = numbers(in.readLine());
      List<BoundingBox> theirs = new ArrayList<>();
      for (int i = 0; i < edges.length; i += 4) {
        theirs.add(new BoundingBox(edges[i], edges[i + 1], edges[i + 2], edges[i + 3]));
      }
      boxes.add(theirs);
    }
    return new Shown(scores, boxes, classes);
  }

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static double[] edges(BoundingBox box) {
    return new double[] {box.left(), box.top(), box.right(), box.bottom()};
  }

  @Test
  void matchScoreByHand() {
    BoundingBox box = new BoundingBox(0, 0, 30, 40);

    assertThat(BoxMerging.matchScore(box, box)).isZero();
    // centers 25 apart, diagonals of 50; a quarter of each is shared: IoU 300 / 2100
    assertThat(BoxMerging.matchScore(box, box.translated(15, 20)))
        .isCloseTo(0.5 + 1 - 1.0 / 7, within(1e-12));
    BoundingBox point = new BoundingBox(5, 5, 5, 5);
    assertThat(BoxMerging.matchScore(point, point)).isEqualTo(1);
    assertThat(BoxMerging.matchScore(point, point.translated(1, 0))).isInfinite();
  }

  @Test
  void meansAreWeightedAndScoresAdded() {
    BoundingBox box = new BoundingBox(0, 0, 100, 100);
    Shown view =
        one(
            new double[] {0.5, 0.25, 0.125, 0.75},
            box,
            box.translated(1, 0),
            box.translated(4, 0),
            box.translated(500, 0));

    // 0 and 1 first, to 0.5; then 0.5 and 4 to (2 * 0.5 + 4) / 3
    List<BoxMerging.MergedBox> merged = BoxMerging.standard().merge(List.of(view));

    assertThat(merged).hasSize(2);
    assertThat(merged.get(0).score()).isEqualTo(0.875);
    assertThat(merged.get(0).boxes()).isEqualTo(3);
    assertThat(merged.get(0).box().left()).isCloseTo(5.0 / 3, within(1e-12));
    assertThat(merged.get(1).score()).isEqualTo(0.75);
  }

  @Test
  void guessesAreTheBestBoxOfEachClass() {
    BoundingBox box = new BoundingBox(0, 0, 10, 10);
    BoundingBox far = box.translated(100, 0);
    Shown view =
        new Shown(
            List.of(new double[] {0.1, 0.6, 0.3}, new double[] {0.2, 0.7, 0.1}),
            List.of(List.of(box), List.of(far)),
            3);

    assertThat(BoxMerging.standard().guesses(List.of(view), 5))
        .containsExactly(
            new LocalizedImage.Guess(1, far, 0.7),
            new LocalizedImage.Guess(2, box, 0.3),
            new LocalizedImage.Guess(0, far, 0.2));
    assertThat(BoxMerging.standard().guesses(List.of(view), 1)).hasSize(1);
    assertThat(BoxMerging.standard().classes(2).candidates(List.of(view)))
        .extracting(BoxMerging.MergedBox::label)
        .containsExactly(1, 1, 2, 2);
  }

  @Test
  void noBoxesNoGuesses() {
    assertThat(BoxMerging.standard().guesses(List.of(), 5)).isEmpty();
    assertThat(BoxMerging.standard().merge(List.of(new Shown(List.of(), List.of(), 4)))).isEmpty();
  }

  @Test
  @Timeout(60)
  void mergesAThousandBoxes() {
    SplittableRandom random = new SplittableRandom(1);
    BoundingBox[] boxes = new BoundingBox[1_000];
    double[] scores = new double[boxes.length];
    for (int i = 0; i < boxes.length; i++) {
      BoundingBox box =
          BoundingBox.centered(random.nextDouble(200), random.nextDouble(200), 80, 60);
      boxes[i] = box;
      scores[i] = random.nextDouble();
    }
    Shown view = one(scores, boxes);

    List<BoxMerging.MergedBox> merged = BoxMerging.standard().merge(List.of(view));

    assertThat(merged.stream().mapToInt(BoxMerging.MergedBox::boxes).sum()).isEqualTo(1_000);
    assertThat(merged.size()).isLessThan(200);
  }

  @Test
  void saysWhatCannotBe() {
    Shown one = one(new double[] {1}, new BoundingBox(0, 0, 1, 1));
    Shown three = new Shown(List.of(), List.of(), 3);

    assertThatThrownBy(() -> BoxMerging.standard().merge(List.of(one, three)))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("with 1 and with 3");
    assertThatThrownBy(() -> BoxMerging.standard().threshold(-0.1)).hasMessageContaining("-0.1");
    assertThatThrownBy(() -> BoxMerging.standard().classes(0)).hasMessageContaining("is 0");
    assertThatThrownBy(() -> BoxMerging.standard().guesses(List.of(), 0)).hasMessageContaining("0");
    assertThatThrownBy(() -> new LocalizedImage.Guess(0, new BoundingBox(0, 0, 1, 1), Double.NaN))
        .hasMessageContaining("NaN");
  }

  private static Shown one(double[] scores, BoundingBox... boxes) {
    return new Shown(
        Arrays.stream(scores).mapToObj(score -> new double[] {score}).toList(),
        Arrays.stream(boxes).map(List::of).toList(),
        1);
  }
}
