package verydeep.evaluation;

import java.util.List;
import verydeep.data.TestViews;
import verydeep.data.TrainingScale;

/**
 * What is known of a test beside its images.
 *
 * @param name what was tested
 * @param protocol how it was tested
 * @param views the same for a network's test, those of all tests for their mean; empty for any
 *     other
 * @param trainingScale S, at which the network was trained; null if it is not known
 * @param seconds how long it took
 * @param arithmetic what computed it; empty where no network ran
 * @param waiting share of the time in which images were waited for; NaN if it is not known
 */
record TestFacts(
    String name,
    String protocol,
    List<TestViews> views,
    TrainingScale trainingScale,
    double seconds,
    String arithmetic,
    double waiting) {

  static TestFacts of(String name, String protocol, double seconds) {
    return new TestFacts(name, protocol, List.of(), null, seconds, "", Double.NaN);
  }

  static TestFacts of(String name, TestViews views, double seconds) {
    return new TestFacts(name, views.toString(), List.of(views), null, seconds, "", Double.NaN);
  }

  TestFacts viewed(List<TestViews> all) {
    return new TestFacts(name, protocol, all, trainingScale, seconds, arithmetic, waiting);
  }

  TestFacts named(String name) {
    return new TestFacts(name, protocol, views, trainingScale, seconds, arithmetic, waiting);
  }

  TestFacts trainedAt(TrainingScale scale) {
    return new TestFacts(name, protocol, views, scale, seconds, arithmetic, waiting);
  }

  TestFacts by(String arithmetic, double waiting) {
    return new TestFacts(name, protocol, views, trainingScale, seconds, arithmetic, waiting);
  }
}
