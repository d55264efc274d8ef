package verydeep.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.MultiLabelImages;
import verydeep.internal.files.FileNames;
import verydeep.internal.models.ModelFile;
import verydeep.weights.Checkpoint;

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
public final class MultiLabelSvm extends LinearClassifier {

  MultiLabelSvm(SvmModel model) {
    super(model, ModelFile.MULTI_LABEL_SVM);
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
    List<float[]> values = model().planes().decide(features, labels.classes());
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
      if (!FileNames.of(features.file(i)).equals(labels.images().name(i))) {
        throw new VerydeepException(
            "Image %d of the features is %s, and that of the labels %s; they must be the same."
                .formatted(i + 1, features.file(i), labels.images().file(i)));
      }
    }
  }

  /**
   * Returns the same classifier with the result of its test, which is then written with it.
   *
   * @param test a result of {@link #test}, with images that it was not trained on
   * @return a new classifier
   */
  public MultiLabelSvm withTest(MultiLabelEvaluation test) {
    return new MultiLabelSvm(model().with("test", test.toString().lines().findFirst().orElse("")));
  }

  /**
   * Reads a classifier that {@link #write(Path)} wrote.
   *
   * @param file a path
   * @param networks none if they are in the file; else those that it was trained on, in order
   * @return the classifier, whose answers have the bits that they had before
   * @throws verydeep.FileException if it cannot be read, is damaged, or holds something else
   * @throws VerydeepException if a network is not the one that it was trained on
   */
  public static MultiLabelSvm read(Path file, Checkpoint... networks) {
    SvmModel model = SvmFile.read(file, ModelFile.MULTI_LABEL_SVM);
    return new MultiLabelSvm(networks.length == 0 ? model : model.withNetworks(List.of(networks)));
  }

  /**
   * Reads a classifier.
   *
   * @param file as {@link #read(Path, Checkpoint...)}
   * @param networks none if they are in the file
   * @return the classifier
   */
  public static MultiLabelSvm read(String file, Checkpoint... networks) {
    return read(Path.of(file), networks);
  }

  /** Features, classes and cost. */
  @Override
  public String toString() {
    return model().planes() + ", several per image, C=" + cost();
  }
}
