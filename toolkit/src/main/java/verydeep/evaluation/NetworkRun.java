package verydeep.evaluation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Skipped;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.inference.ActivationReader;
import verydeep.internal.inference.ClassNames;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.inference.TestFolder;
import verydeep.internal.inference.Work;
import verydeep.network.ForwardPass;
import verydeep.weights.Checkpoint;

/** Tests a network as the settings say, in a folder or without one. */
final class NetworkRun {

  private final EvaluationSettings given;
  private final int[] labels;

  /** Checks that the network has the images' classes. */
  NetworkRun(EvaluationSettings given) {
    this.given = given;
    this.labels = labels();
  }

  /** The folder may be null. */
  TestRecord run(View view, Path folder) {
    Checkpoint checkpoint = given.checkpoint();
    TestViews views =
        given
            .views()
            .withView(view)
            .views(checkpoint.trainingScale().orElse(null), checkpoint.network().input());
    if (folder == null) {
      return run(views, null, TestFolder.Found.nothing());
    }
    try (var opened =
        TestFolder.open(folder, settings(views), EvaluationFile.PARTS, given.pause())) {
      double waited = Double.NaN;
      TestFolder.Found<EvaluationFile.Content> found = opened.found();
      if (!found.finished()) {
        TestRecord test = run(views, opened, found);
        EvaluationFile.Content all =
            new EvaluationFile.Content(test.classes(), test.predictions(), test.skipped());
        opened.finish(given.images().size(), all, test.seconds(), EvaluationFile.texts(test));
        waited = test.facts().waiting();
        found = opened.found(); // its posteriors can stay in the file
      }
      EvaluationFile.Content all = found.parts().get(0);
      TestRecord whole = test(views, all.predictions(), found.seconds(), all.skipped());
      return by(whole, found.texts().getOrDefault("computed by", ""), waited);
    }
  }

  private TestRecord run(
      TestViews views,
      TestFolder<EvaluationFile.Content> folder,
      TestFolder.Found<EvaluationFile.Content> found) {
    ProgressLine progress = given.quiet() ? ProgressLine.silent() : ProgressLine.printing();
    try (ForwardPass pass = chosen(views).load(given.checkpoint().parameters())) {
      ActivationReader reader =
          new ActivationReader(pass, given.checkpoint().preprocessing(), views, List.of("fc8"));
      TestRun run =
          new TestRun(
              given.images(),
              given.checkpoint().classNames(),
              labels,
              given.skipping(),
              found,
              folder,
              reader.chunk(),
              progress,
              "testing, " + views + given.images().leftOut());
      try {
        reader.read(given.images(), found.done(), run);
      } catch (CancellationException e) {
        throw run.stopped();
      }
      TestRecord test = test(views, run.predictions(), run.seconds(), run.skipped());
      return by(test, pass.arithmetic(), reader.secondsWaited() / run.secondsOfThisCall());
    } finally {
      progress.clear();
    }
  }

  /** With what computed it, and with the images where they are now. */
  private TestRecord by(TestRecord test, String arithmetic, double waited) {
    return SameImages.moved(test.with(test.facts().by(arithmetic, waited)), given.images());
  }

  private TestRecord test(
      TestViews views, List<Prediction> predictions, double seconds, List<Skipped> skipped) {
    if (predictions.isEmpty() && !skipped.isEmpty()) {
      throw new VerydeepException(
          "None of the %d images could be read, the first: %s: %s"
              .formatted(skipped.size(), skipped.get(0).file(), skipped.get(0).reason()));
    }
    TestFacts facts =
        TestFacts.of("VGG " + given.checkpoint().network().label(), views, seconds)
            .trainedAt(given.checkpoint().trainingScale().orElse(null));
    return new TestRecord(facts, given.checkpoint().classNames(), predictions, skipped);
  }

  /** What must be the same for a test to go on. */
  private Map<String, String> settings(TestViews views) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("network", given.checkpoint().network().label());
    settings.put("weights", Integer.toHexString(given.checkpoint().parameters().checksum()));
    settings.put("preprocessing", given.checkpoint().preprocessing().toString());
    settings.put("test pictures", given.images().fingerprint());
    settings.put("how", views.toString());
    settings.put("arithmetic", chosen(views).name());
    return settings;
  }

  /** By all of the work, also where a part of it is done: so a test goes on as it began. */
  private Arithmetic chosen(TestViews views) {
    return given.arithmetic() != null
        ? given.arithmetic()
        : Arithmetic.forWork(
            given.checkpoint().parameters(),
            given.images().size()
                * Work.multiplications(views, given.checkpoint().network(), "fc8"));
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
