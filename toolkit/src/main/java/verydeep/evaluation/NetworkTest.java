package verydeep.evaluation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.cpu.Arithmetic;
import verydeep.data.Skipped;
import verydeep.network.ForwardPass;

/** Tests a network as the settings say, in a folder or without one. */
final class NetworkTest {

  private final EvaluationBuilder given;
  private final List<Integer> scales;
  private final int[] labels;

  /** Checks that the network has the pictures' classes. */
  NetworkTest(EvaluationBuilder given, List<Integer> scales) {
    this.given = given;
    this.scales = scales;
    this.labels = labels();
  }

  /** The folder may be null. */
  Evaluation run(View view, Path folder) {
    Looks looks =
        new Looks(view, scales, given.mirrored == null ? view.mirroredByDefault() : given.mirrored);
    if (folder == null) {
      return run(looks, null, TestFolder.Found.nothing());
    }
    try (var opened = TestFolder.open(folder, settings(looks), EvaluationFile.PARTS, given.pause)) {
      double waited = Double.NaN;
      TestFolder.Found<EvaluationFile.Content> found = opened.found();
      if (!found.finished()) {
        Evaluation test = run(looks, opened, found);
        EvaluationFile.Content all =
            new EvaluationFile.Content(test.classes(), test.predictions(), test.skipped());
        opened.finish(given.images.size(), all, test.seconds(), EvaluationFile.texts(test));
        waited = test.waiting().orElse(Double.NaN);
        found = opened.found(); // its posteriors can stay in the file
      }
      EvaluationFile.Content all = found.parts().get(0);
      return test(looks, all.predictions(), found.seconds(), all.skipped())
          .by(found.texts().getOrDefault("computed by", ""), waited)
          .movedTo(given.images);
    }
  }

  private Evaluation run(
      Looks looks,
      TestFolder<EvaluationFile.Content> folder,
      TestFolder.Found<EvaluationFile.Content> found) {
    ProgressLine progress = given.quiet ? ProgressLine.silent() : ProgressLine.printing();
    try (ForwardPass pass = chosen(looks).load(given.checkpoint.parameters())) {
      ResponseReader reader =
          new ResponseReader(pass, given.checkpoint.preprocessing(), looks, List.of("fc8"));
      TestRun run =
          new TestRun(
              given.images,
              given.checkpoint.classes(),
              labels,
              given.skipping,
              found,
              folder,
              reader.chunk(),
              progress,
              "testing, " + looks);
      reader.read(given.images, found.done(), run);
      return test(looks, run.predictions(), run.seconds(), run.skipped())
          .by(pass.arithmetic(), reader.secondsWaited() / run.secondsOfThisCall())
          .movedTo(given.images);
    } finally {
      progress.clear();
    }
  }

  private Evaluation test(
      Looks looks, List<Prediction> predictions, double seconds, List<Skipped> skipped) {
    if (predictions.isEmpty() && !skipped.isEmpty()) {
      throw new EvaluationException(
          "None of the %d pictures could be read, the first: %s: %s"
              .formatted(skipped.size(), skipped.get(0).file(), skipped.get(0).reason()));
    }
    TestFacts facts =
        TestFacts.of("VGG " + given.checkpoint.network().label(), looks, seconds)
            .trainedAt(given.checkpoint.trainingScale().orElse(null));
    return new Evaluation(facts, given.checkpoint.classes(), predictions, skipped);
  }

  /** What must be the same for a test to go on. */
  private Map<String, String> settings(Looks looks) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("network", given.checkpoint.network().label());
    settings.put("weights", Integer.toHexString(given.checkpoint.parameters().checksum()));
    settings.put("preprocessing", given.checkpoint.preprocessing().toString());
    settings.put("test pictures", given.images.fingerprint());
    settings.put("how", looks.toString());
    settings.put("arithmetic", chosen(looks).name());
    return settings;
  }

  /** By all of the work, also where a part of it is done: so a test goes on as it began. */
  private Arithmetic chosen(Looks looks) {
    return given.arithmetic != null
        ? given.arithmetic
        : Arithmetic.forWork(
            given.checkpoint.parameters(),
            given.images.size() * looks.multiplications(given.checkpoint.network(), "fc8"));
  }

  /** For each class of the pictures its index among the network's. */
  private int[] labels() {
    List<String> known = given.checkpoint.classes();
    if (known.isEmpty()) {
      throw new EvaluationException(
          "Network "
              + given.checkpoint.network().label()
              + " gives no classes; "
              + "a classifier on its features does.");
    }
    return given.images.classes().stream()
        .mapToInt(
            name -> {
              int index = known.indexOf(name);
              if (index < 0) {
                throw new EvaluationException(
                    "The pictures have a class \""
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
