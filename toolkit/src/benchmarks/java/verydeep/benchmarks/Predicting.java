package verydeep.benchmarks;

import java.util.stream.IntStream;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.EvaluationBuilder;
import verydeep.weights.Checkpoint;

/** The center crops of some photos, as a user tests them; {@link Starting} starts it. */
final class Predicting {

  private Predicting() {}

  /** Arithmetic or nothing, file of weights, number of photos. */
  public static void main(String[] arguments) {
    Images photos =
        Images.folder("datasets/clothing/train")
            .subset(IntStream.range(0, Integer.parseInt(arguments[2])).toArray());
    EvaluationBuilder test =
        Evaluation.of(Checkpoint.read(arguments[1]), photos).centerCrop().scales(256).quiet();
    Evaluation result =
        switch (arguments[0]) {
          case "" -> test.run();
          case "DJL" -> test.arithmetic(Arithmetic.DJL).run();
          case "fast" -> test.arithmetic(Arithmetic.FAST).run();
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    System.out.println("predicted " + result.predictions().size() + " by " + result.arithmetic());
    Runtime.getRuntime().halt(0);
  }
}
