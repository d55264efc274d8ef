package verydeep.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.MultiLabelImages;

/**
 * A linear support vector machine for each class, for images that may show several classes: the
 * paper's protocol for PASCAL VOC (appendix B).
 *
 * <pre>{@code
 * var train = MultiLabelImages.voc("VOCdevkit/VOC2007", "trainval");
 * var test = MultiLabelImages.voc("VOCdevkit/VOC2007", "test");
 * var net = FeatureExtractor.of(checkpoint).scales(256, 384, 512, 640, 768).averaged();
 * var svm = MultiLabelSvm.of(net.run(train.images()), train).run();
 * System.out.println(svm.test(net.run(test.images()), test));
 * }</pre>
 */
public final class MultiLabelSvm {

  private final Hyperplanes planes;

  MultiLabelSvm(Hyperplanes planes) {
    this.planes = planes;
  }

  /**
   * Starts the training of a classifier.
   *
   * @param features of the labels' images or boxes, in the same order
   * @param labels what each shows; where a class is difficult to see, the image is left out of that
   *     class's training, as it is left out of its test
   * @return a builder
   * @throws VerydeepException if the features are of other images
   */
  public static MultiLabelSvmBuilder of(Features features, MultiLabelImages labels) {
    return new MultiLabelSvmBuilder(features, labels, SvmSettings.DEFAULT);
  }

  /**
   * The names of the classes.
   *
   * @return the names
   */
  public List<String> classes() {
    return planes.classes();
  }

  /**
   * The cost C of a violated margin, the same for all classes.
   *
   * @return the value that was given or chosen
   */
  public double cost() {
    return planes.cost();
  }

  /**
   * The decision values of a vector.
   *
   * @param vector as long as those that the classifier was trained on
   * @return one number per class, above 0 if the class is more likely shown than not
   * @throws VerydeepException if the vector is of another length
   */
  public float[] decide(float[] vector) {
    return planes.decide(vector);
  }

  /**
   * Tests the classifier.
   *
   * @param features of other images, extracted in the same way
   * @param labels what each shows
   * @return the average precision of each class
   * @throws VerydeepException if the features and the labels are of different images, or the
   *     classes, layer, network or protocol are not those of the training: a classifier of boxes
   *     tests boxes
   */
  public MultiLabelEvaluation test(Features features, MultiLabelImages labels) {
    checkSame(features, labels);
    List<float[]> values = planes.decide(features, labels.classes());
    List<Ranking> rankings =
        IntStream.range(0, classes().size())
            .mapToObj(label -> Ranking.of(label, values, labels))
            .toList();
    List<Path> files = IntStream.range(0, features.size()).mapToObj(features::file).toList();
    PrecisionBootstrap bootstrap = new PrecisionBootstrap(rankings, files);
    return new MultiLabelEvaluation(
        features.network(),
        features.protocol(),
        labels.size(),
        IntStream.range(0, classes().size())
            .mapToObj(label -> precision(label, rankings.get(label), labels.size()))
            .toList(),
        bootstrap.of(AveragePrecision::elevenPoints),
        bootstrap.of(AveragePrecision::areaUnderCurve),
        cost());
  }

  private MultiLabelEvaluation.ClassPrecision precision(int label, Ranking ranking, int examples) {
    boolean none = ranking.shown() == 0;
    return new MultiLabelEvaluation.ClassPrecision(
        classes().get(label),
        ranking.shown(),
        examples - ranking.size(),
        none ? Double.NaN : AveragePrecision.elevenPoints(ranking.shows()),
        none ? Double.NaN : AveragePrecision.areaUnderCurve(ranking.shows()));
  }

  /** Checks that the vectors are those of the labels' images. */
  static void checkSame(Features features, MultiLabelImages labels) {
    if (features.size() != labels.size()) {
      throw new VerydeepException(
          "There are features of %d images and labels of %d; they must be of the same images."
              .formatted(features.size(), labels.size()));
    }
    for (int i = 0; i < features.size(); i++) {
      if (!features.file(i).equals(labels.images().file(i))) {
        throw new VerydeepException(
            "Image %d of the features is %s, and that of the labels %s; they must be the same."
                .formatted(i + 1, features.file(i), labels.images().file(i)));
      }
    }
  }

  /** Features, classes and cost. */
  @Override
  public String toString() {
    return planes + ", several per image, C=" + cost();
  }
}
