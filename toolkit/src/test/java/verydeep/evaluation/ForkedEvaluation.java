package verydeep.evaluation;

import java.nio.file.Path;
import verydeep.data.Ilsvrc;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.drawn.DrawnIlsvrc;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/**
 * A test of a small ILSVRC in a process of its own, which keeps itself behind every 32 images.
 * Called with the folders of the images and of the test, and perhaps with a part's index and the
 * number of parts.
 */
final class ForkedEvaluation {

  private ForkedEvaluation() {}

  /** What the process runs. */
  static EvaluationBuilder test(Path images) {
    Vgg network = Vgg.of(Configuration.A).classes(1000).width(1 / 16.0).input(32).build();
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(network, 3),
            Ilsvrc.classes(),
            Preprocessing.paper(new Rgb(120, 110, 100)),
            Provenance.unknown());
    return Evaluation.of(checkpoint, Ilsvrc.validation(images, DrawnIlsvrc.devkit()))
        .dense()
        .scales(32, 48)
        .skippingUnreadable()
        .quiet()
        .pause(0);
  }

  public static void main(String[] arguments) {
    EvaluationBuilder test = test(Path.of(arguments[0]));
    if (arguments.length == 2) {
      System.out.println(test.folder(arguments[1]).run());
      return;
    }
    try (var job = test.job()) {
      int index = Integer.parseInt(arguments[2]);
      job.part(index, Integer.parseInt(arguments[3])).run(arguments[1]);
    }
  }
}
