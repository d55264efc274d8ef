package verydeep.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.AnnotatedImage;
import verydeep.data.Augmentation;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.TrainingScale;
import verydeep.internal.batches.Batch;
import verydeep.internal.batches.Batches;
import verydeep.internal.tasks.Targets;

/** The targets of a batch are where the objects are in its pixels. */
class BoxTaskTest {

  private static final int WINDOW = 32;

  /** Of a white bar on black, in two images of other shapes. */
  private static BoxedImages bars(Path folder) throws IOException {
    BoundingBox first = new BoundingBox(4, 10, 40, 30);
    BoundingBox second = new BoundingBox(50, 20, 110, 70);
    return BoxedImages.of(
        List.of("bar"),
        List.of(
            bar(folder.resolve("0.png"), 60, 90, first),
            bar(folder.resolve("1.png"), 130, 80, second)));
  }

  private static AnnotatedImage bar(Path file, int width, int height, BoundingBox box)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect((int) box.left(), (int) box.top(), (int) box.width(), (int) box.height());
    pen.dispose();
    ImageIO.write(image, "png", file.toFile());
    return new AnnotatedImage(
        file, width, height, List.of(new AnnotatedImage.Annotation("bar", box)));
  }

  @Test
  void targetsAreWherePixelsSayAndCropsWithLessThanHalfTeachNothing(@TempDir Path folder)
      throws IOException {
    BoxedImages bars = bars(folder);
    BoxTask task = new BoxTask(BoxRegression.single(), WINDOW, bars, bars);
    int present = 0;
    int absent = 0;
    try (NDManager scope = NDManager.newBaseManager(Device.cpu())) {
      for (int epoch = 1; epoch <= 100; epoch++) {
        try (Batches batches = batches(bars, epoch)) {
          Batch batch = batches.iterator().next();
          Targets targets = task.targets(batch);
          for (int i = 0; i < batch.size(); i++) {
            float[] seen = extent(batch.pixels(), i);
            AnnotatedImage image = bars.annotated(batch.indices()[i]);
            int scale = batch.draw(i).scale();
            double zoom = (double) scale / Math.min(image.width(), image.height());
            double whole = image.objects().get(0).box().area() * zoom * zoom;
            double share = WINDOW * WINDOW * (seen[2] * seen[3]) / whole;
            var found = targets.compare(scope.create(seen, new Shape(1, 4)), i, i + 1);
            if (found.counts().get().images() == 1) {
              present++;
              assertThat(share).isGreaterThan(0.45);
              // a pixel and a half in each of the four numbers at most
              assertThat(found.counts().get().loss())
                  .isLessThan(0.5 * 4 * Math.pow(1.5 / WINDOW, 2));
            } else {
              absent++;
              assertThat(share).isLessThan(0.55);
              assertThat(found.counts().get().loss()).isCloseTo(0, within(0.0));
            }
          }
        }
      }
    }
    assertThat(present).isGreaterThan(40);
    assertThat(absent).isGreaterThan(40);
  }

  private static Batches batches(BoxedImages bars, int epoch) {
    return Batches.of(bars.images())
        .window(WINDOW)
        .scale(TrainingScale.jittered(40, 80))
        .augmentation(Augmentation.paper().colorShift(0))
        .preprocessing(Preprocessing.paper(new Rgb(0, 0, 0)))
        .size(2)
        .shuffled(5, epoch)
        .open();
  }

  /** Center and size of what is white in an image's red plane, as shares of the window. */
  private static float[] extent(FloatBuffer pixels, int image) {
    int left = WINDOW;
    int top = WINDOW;
    int right = 0;
    int bottom = 0;
    int at = image * 3 * WINDOW * WINDOW;
    for (int y = 0; y < WINDOW; y++) {
      for (int x = 0; x < WINDOW; x++) {
        if (pixels.get(at + y * WINDOW + x) > 127) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    if (right == 0) {
      return new float[4];
    }
    float side = WINDOW;
    return new float[] {
      (left + right) / 2f / side,
      (top + bottom) / 2f / side,
      (right - left) / side,
      (bottom - top) / side
    };
  }
}
