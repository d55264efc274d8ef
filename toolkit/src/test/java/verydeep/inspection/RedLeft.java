package verydeep.inspection;

import java.util.List;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.RgbImage;

/** A classifier that says how much red there is in the left half. */
public final class RedLeft implements Classifier {
  @Override
  public List<String> classNames() {
    return List.of("red", "other");
  }

  @Override
  public Classification.Kind kind() {
    return Classification.Kind.POSTERIOR;
  }

  @Override
  public String name() {
    return "red on the left";
  }

  @Override
  public String arithmetic() {
    return "none";
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Classification classify(RgbImage image, String name) {
    double sum = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width() / 2; x++) {
        sum += Math.max(0, image.red(x, y) - 128) / 127.0;
      }
    }
    float share = (float) (sum / (image.width() / 2 * image.height()));
    return Classification.of(
        image, name, classNames(), new float[] {share, 1 - share}, kind(), name());
  }

  @Override
  public void close() {}
}
