package verydeep.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Skipped;
import verydeep.data.TestViews;
import verydeep.data.TrainingScale;

/** {@link Evaluation#mean}. */
final class Ensemble {

  private Ensemble() {}

  static TestRecord mean(List<TestRecord> tests) {
    if (tests.isEmpty()) {
      throw new VerydeepException("The mean of tests needs at least one test.");
    }
    TestRecord first = tests.get(0);
    List<List<Prediction>> all = new ArrayList<>(List.of(first.predictions()));
    tests.stream().skip(1).forEach(test -> all.add(SameImages.inOrderOf(first, test)));
    List<Prediction> means =
        IntStream.range(0, first.predictions().size())
            .mapToObj(i -> mean(all.stream().map(one -> one.get(i)).toList(), first))
            .toList();
    List<Skipped> skipped =
        tests.stream().flatMap(test -> test.skipped().stream()).distinct().toList();
    return new TestRecord(facts(tests), first.classes(), means, skipped);
  }

  private static TestFacts facts(List<TestRecord> tests) {
    double seconds = tests.stream().mapToDouble(TestRecord::seconds).sum();
    List<Optional<TrainingScale>> scales =
        tests.stream().map(TestRecord::trainingScale).distinct().toList();
    return TestFacts.of(names(tests), protocol(tests), seconds)
        .viewed(views(tests))
        .trainedAt(scales.size() == 1 ? scales.get(0).orElse(null) : null);
  }

  /** Those of all tests, each once; none if they are not known of every test. */
  private static List<TestViews> views(List<TestRecord> tests) {
    boolean known = tests.stream().noneMatch(test -> test.allViews().isEmpty());
    return known
        ? tests.stream().flatMap(test -> test.allViews().stream()).distinct().toList()
        : List.of();
  }

  /**
   * Each name once: D by three views is D. But tests of the same name by the same protocol, or of
   * other scales in training, are of several networks: {@code VGG D (2 nets) & VGG E}.
   */
  private static String names(List<TestRecord> tests) {
    return tests.stream()
        .map(TestRecord::name)
        .distinct()
        .map(name -> name + counted(tests.stream().filter(t -> t.name().equals(name)).toList()))
        .collect(Collectors.joining(" & "));
  }

  private static String counted(List<TestRecord> tests) {
    long nets =
        tests.stream().collect(Collectors.groupingBy(TestRecord::trainingScale)).values().stream()
            .mapToLong(Ensemble::mostByOneProtocol)
            .sum();
    return nets > 1 ? " (" + nets + " nets)" : "";
  }

  private static long mostByOneProtocol(List<TestRecord> tests) {
    return tests.stream()
        .collect(Collectors.groupingBy(TestRecord::protocol, Collectors.counting()))
        .values()
        .stream()
        .max(Long::compare)
        .orElse(0L);
  }

  /** The views of all tests in words; their protocols, if these say more than the views. */
  private static String protocol(List<TestRecord> tests) {
    return tests.stream().allMatch(test -> test.protocol().equals(words(test.allViews())))
        ? words(views(tests))
        : tests.stream().map(TestRecord::protocol).distinct().collect(Collectors.joining(" & "));
  }

  /**
   * {@code dense & multi-crop 5x5, Q=256}: scales and flips are written once for views that follow
   * each other.
   */
  private static String words(List<TestViews> all) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      boolean last = i == all.size() - 1;
      boolean alike = !last && after(all.get(i)).equals(after(all.get(i + 1)));
      words.append(all.get(i).view()).append(alike ? "" : after(all.get(i)));
      words.append(last ? "" : " & ");
    }
    return words.toString();
  }

  /** What is written after the view: scales and flips. */
  private static String after(TestViews views) {
    return views.toString().substring(views.view().toString().length());
  }

  private static Prediction mean(List<Prediction> all, TestRecord first) {
    Prediction of = all.get(0);
    float[] mean = new float[first.classes().size()];
    for (int k = 0; k < mean.length; k++) {
      double sum = 0;
      for (Prediction prediction : all) {
        sum += prediction.score(k);
      }
      mean[k] = (float) (sum / all.size());
    }
    return new Prediction(of.file(), of.label(), mean);
  }
}
