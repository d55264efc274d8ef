package verydeep.training;

import static verydeep.network.Configuration.A;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import verydeep.ForkedJvm;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.network.Vgg;

/**
 * A small training in a process of its own, which keeps itself behind every step. Called with the
 * folders of the images and of the training and the arithmetic; prints "step" behind each step.
 */
final class ForkedTraining {

  private ForkedTraining() {}

  /** What the process runs on DJL's arithmetic. */
  static TrainingBuilder training(Path images, Path folder) {
    return training(images, folder, Arithmetic.DJL);
  }

  /** What the process runs. */
  static TrainingBuilder training(Path images, Path folder, Arithmetic arithmetic) {
    TrainingBuilder training =
        Training.of(
                Vgg.of(A).classes(3).width(1 / 16.0).input(32).build(),
                Images.folder(images).split(0.7, 2))
            .recipe(Recipe.paper().batch(4).rate(LearningRate.plateau(0.01).patience(1)).epochs(6))
            .seed(5)
            .arithmetic(arithmetic)
            .folder(folder)
            .writeEvery(Duration.ZERO);
    training.saveShare = 0;
    return training;
  }

  public static void main(String[] arguments) {
    TrainingBuilder training =
        training(Path.of(arguments[0]), Path.of(arguments[1]), Arithmetic.valueOf(arguments[2]));
    Training run =
        training
            .progress(
                new Progress() {
                  @Override
                  public void step(Progress.Step step) {
                    System.out.println("step");
                  }

                  @Override
                  public void notice(String text) {
                    System.out.println(text);
                  }
                })
            .run();
    System.out.println(run);
  }

  /** Starts the process on the toolkit's own kernels, its output in a file. */
  static Process startKernels(Path images, Path folder, Path output) throws IOException {
    return ForkedJvm.startKernels(
        ForkedJvm.OWN_JDK, ForkedTraining.class, output, images, folder, Arithmetic.FAST);
  }

  /** Starts the process on DJL's arithmetic, its output in a file. */
  static Process start(Path images, Path folder, Path output, String... wrapper)
      throws IOException {
    return ForkedJvm.start(
        ForkedTraining.class, output, List.of(wrapper), images, folder, Arithmetic.DJL);
  }
}
