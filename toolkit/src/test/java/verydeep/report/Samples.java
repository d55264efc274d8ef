package verydeep.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.training.Epoch;

/** Results as they would come from a training and a test. */
final class Samples {

  private Samples() {}

  static List<String> classes(int count) {
    return IntStream.range(0, count).mapToObj(i -> "class " + i).toList();
  }

  /** A posterior that is sure of one class. */
  static float[] sureOf(int index, int classes) {
    float[] scores = new float[classes];
    Arrays.fill(scores, 0.3f / classes);
    scores[index] += 0.7f;
    return scores;
  }

  /** A test that takes two in three images for what they are. */
  static Evaluation test(String name, String protocol, List<String> classes, int images) {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      int label = i % classes.size();
      int said = i % 3 == 2 ? (label + 1) % classes.size() : label;
      predictions.add(
          new Prediction(Path.of("photo" + i + ".png"), label, sureOf(said, classes.size())));
    }
    return new Evaluation(name, protocol, classes, predictions, 2.5);
  }

  static Evaluation test() {
    return test("VGG A", "dense, Q=64, flipped", classes(10), 60);
  }

  static List<Epoch> epochs(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            n ->
                new Epoch(
                    n,
                    n > 3 ? 0.001 : 0.01,
                    2.3 / n,
                    ErrorRates.of(new ErrorRate(80 - n, 100), new ErrorRate(30 - n, 100)),
                    ErrorRates.of(new ErrorRate(40 - n, 50), new ErrorRate(20 - n, 50)),
                    10,
                    1))
        .toList();
  }

  /** Folders of noise with a bright square, a class a place of the square. */
  static Path photos(Path folder, int classes, int each) throws IOException {
    Random random = new Random(1);
    for (int label = 0; label < classes; label++) {
      Path own = Files.createDirectories(folder.resolve("class" + label));
      for (int i = 0; i < each; i++) {
        BufferedImage image = new BufferedImage(40, 56, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 56; y++) {
          for (int x = 0; x < 40; x++) {
            image.setRGB(x, y, random.nextInt(0x404040));
          }
        }
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillRect(label * 8, label * 8, 20, 20);
        graphics.dispose();
        ImageIO.write(image, "png", own.resolve("photo" + i + ".png").toFile());
      }
    }
    return folder;
  }
}
