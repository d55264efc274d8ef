package verydeep.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import verydeep.ResidentMemory;
import verydeep.data.Images;
import verydeep.data.Split;
import verydeep.drawn.DrawnImages;
import verydeep.network.Configuration;
import verydeep.network.Vgg;

/**
 * Trains small networks one after the other in a process of its own, and prints the resident memory
 * in kB, once an epoch. Arguments: a folder for images, trainings, epochs of each; an epoch has 4
 * steps.
 */
final class TrainingResidentMemory {

  private TrainingResidentMemory() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Split<Images> shapes = DrawnImages.shapes(Path.of(arguments[0]), 8, 1).split(2 / 3.0, 2);
    Vgg net = Vgg.of(Configuration.A).classes(3).width(1 / 8.0).input(64).build();
    int trainings = Integer.parseInt(arguments[1]);
    Recipe recipe =
        Recipe.paper()
            .batch(4)
            .epochs(Integer.parseInt(arguments[2]))
            .rate(LearningRate.constant(1e-4));
    for (int i = 0; i < trainings; i++) {
      List<Long> resident = new ArrayList<>();
      Training.of(net, shapes)
          .recipe(recipe)
          .progress(
              new Progress() {
                @Override
                public void epoch(Epoch epoch) {
                  resident.add(resident());
                }
              })
          .run();
      System.out.println("memory " + resident);
    }
  }

  private static long resident() {
    System.gc();
    try {
      return ResidentMemory.now();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
