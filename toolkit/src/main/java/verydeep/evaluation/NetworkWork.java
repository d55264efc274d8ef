package verydeep.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Skipped;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.files.SkippedText;
import verydeep.internal.inference.ActivationReader;
import verydeep.internal.inference.ClassNames;
import verydeep.internal.inference.Work;
import verydeep.internal.jobs.BegunArithmetic;
import verydeep.internal.jobs.JobOutcome;
import verydeep.internal.jobs.JobWork;
import verydeep.internal.jobs.JobWorker;
import verydeep.internal.jobs.PartFormat;
import verydeep.internal.jobs.WorkJob;
import verydeep.weights.Checkpoint;

/** The test of a network by one view, as the settings say. */
final class NetworkWork implements JobWork<EvaluationFile.Content> {

  private final EvaluationSettings given;
  private final TestViews views;
  private final Arithmetic arithmetic;
  private final int[] labels;

  /** Checks that the network has the images' classes. */
  NetworkWork(EvaluationSettings given, View view) {
    this.given = given;
    this.labels = labels();
    Checkpoint checkpoint = given.checkpoint();
    this.views =
        given
            .views()
            .withView(view)
            .views(checkpoint.trainingScale().orElse(null), checkpoint.network().input());
    this.arithmetic = given.arithmetic() == null ? chosen() : given.arithmetic();
  }

  private NetworkWork(NetworkWork other, Arithmetic arithmetic) {
    this.given = other.given;
    this.labels = other.labels;
    this.views = other.views;
    this.arithmetic = arithmetic;
  }

  /** By all of the work, also where a part of it is done. */
  private Arithmetic chosen() {
    double each = Work.multiplications(views, given.checkpoint().network(), "fc8");
    return Arithmetics.forWork(given.checkpoint().parameters(), given.images().size() * each);
  }

  <R> WorkJob<EvaluationFile.Content, R> job(Function<TestRecord, R> as) {
    return new WorkJob<>(this, all -> as.apply(result(all)), given.quiet(), given.pause());
  }

  @Override
  public String title() {
    return "testing, " + views + given.images().leftOut();
  }

  @Override
  public int size() {
    return given.images().size();
  }

  @Override
  public int grain() {
    return ActivationReader.grain(views);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("network", given.checkpoint().network().label());
    settings.put("weights", Integer.toHexString(given.checkpoint().parameters().checksum()));
    settings.put("preprocessing", given.checkpoint().preprocessing().toString());
    settings.put("test pictures", given.images().fingerprint());
    settings.put("how", views.toString());
    settings.put(BegunArithmetic.SETTING, arithmetic.name());
    return settings;
  }

  @Override
  public JobWork<EvaluationFile.Content> as(Map<String, String> begun) {
    return given.arithmetic() == null
        ? new NetworkWork(this, BegunArithmetic.of(begun, arithmetic))
        : this;
  }

  @Override
  public PartFormat<EvaluationFile.Content> format() {
    return EvaluationFile.parts(given.checkpoint().classNames());
  }

  @Override
  public Map<String, String> texts(JobOutcome<EvaluationFile.Content> all) {
    return EvaluationFile.texts(test(all));
  }

  @Override
  public JobWorker<EvaluationFile.Content> open() {
    return new NetworkWorker(given, views, labels, arithmetic);
  }

  /** With the images where they are now. */
  private TestRecord result(JobOutcome<EvaluationFile.Content> all) {
    return SameImages.moved(test(all), given.images());
  }

  private TestRecord test(JobOutcome<EvaluationFile.Content> all) {
    List<Prediction> predictions = all.content().predictions();
    List<Skipped> skipped = all.content().skipped();
    if (!given.skipping() && !skipped.isEmpty()) {
      Skipped first = skipped.get(0);
      throw SkippedText.refused(skipped.size(), first.file().toString(), first.reason());
    }
    if (predictions.isEmpty() && !skipped.isEmpty()) {
      throw new VerydeepException(
          "None of the %d images could be read, the first: %s: %s"
              .formatted(skipped.size(), skipped.get(0).file(), skipped.get(0).reason()));
    }
    TestFacts facts =
        TestFacts.of("VGG " + given.checkpoint().network().label(), views, all.seconds())
            .trainedAt(given.checkpoint().trainingScale().orElse(null))
            .by(all.arithmetic(), all.waiting());
    return new TestRecord(facts, given.checkpoint().classNames(), predictions, skipped);
  }

  /** For each class of the images its index among the network's. */
  private int[] labels() {
    List<String> known = given.checkpoint().classNames();
    if (known.isEmpty()) {
      throw new VerydeepException(
          "Network "
              + given.checkpoint().network().label()
              + " gives no classes; "
              + "a classifier on its features does.");
    }
    return given.images().classes().stream()
        .mapToInt(
            name -> {
              int index = known.indexOf(name);
              if (index < 0) {
                throw new VerydeepException(
                    "The images have a class \""
                        + name
                        + "\" that the network does not know; "
                        + ClassNames.instead(known, name)
                        + ".");
              }
              return index;
            })
        .toArray();
  }
}
