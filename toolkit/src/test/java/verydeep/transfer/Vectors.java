package verydeep.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import verydeep.data.Images;

/** Features that no network made. */
final class Vectors {

  private Vectors() {}

  /** Vectors of these classes, which are named 0, 1, ... */
  static Features of(Path root, int classes, int[] labels, List<float[]> vectors) {
    try {
      int[] counts = new int[classes];
      for (int i = 0; i < Math.max(labels.length, classes); i++) {
        int label = i < labels.length ? labels[i] : i % classes;
        touch(root, label, counts[label]++);
      }
      for (int label = 0; label < classes; label++) {
        touch(root, label, counts[label]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Images images = Images.folder(root);
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      free.add(i);
    }
    int[] chosen = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i];
      Integer next = free.stream().filter(j -> images.label(j) == label).findFirst().orElseThrow();
      free.remove(next);
      chosen[i] = next;
    }
    return new Features(
        new FeatureFacts("drawn", "not at all", null, 0, ""), null, images.subset(chosen), vectors);
  }

  private static void touch(Path root, int label, int number) throws IOException {
    Path file = root.resolve(String.valueOf(label)).resolve(number + ".png");
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[] {0});
  }

  /** Clouds of unit vectors around a direction a class. */
  static Features clouds(Path root, int classes, int ofEach, int dimension, double spread) {
    Random random = new Random(5);
    double[][] centers = new double[classes][dimension];
    for (double[] center : centers) {
      for (int j = 0; j < dimension; j++) {
        center[j] = random.nextGaussian();
      }
    }
    List<float[]> vectors = new ArrayList<>();
    int[] labels = new int[classes * ofEach];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % classes;
      double[] point = new double[dimension];
      double squares = 0;
      for (int j = 0; j < dimension; j++) {
        point[j] = centers[labels[i]][j] + spread * random.nextGaussian();
        squares += point[j] * point[j];
      }
      float[] vector = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        vector[j] = (float) (point[j] / Math.sqrt(squares));
      }
      vectors.add(vector);
    }
    return of(root, classes, labels, vectors);
  }
}
