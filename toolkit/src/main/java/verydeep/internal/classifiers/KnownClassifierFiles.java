package verydeep.internal.classifiers;

import java.nio.file.Path;
import verydeep.FileException;
import verydeep.classification.Classifier;
import verydeep.internal.models.ModelFile;
import verydeep.transfer.LinearSvm;
import verydeep.transfer.MultiLabelSvm;
import verydeep.weights.Checkpoint;

/** Checkpoints and linear SVMs. */
public final class KnownClassifierFiles implements Classifier.Files {

  @Override
  public Classifier read(Path file) {
    String kind = ModelFile.kind(file);
    return switch (kind) {
      case "" -> checkpoint(file);
      case ModelFile.LINEAR_SVM -> LinearSvm.read(file).open();
      case ModelFile.MULTI_LABEL_SVM -> MultiLabelSvm.read(file).open();
      case ModelFile.NETWORK_TEST, ModelFile.FEATURE_EXTRACTOR ->
          throw new FileException(file, "It holds a %s, not a classifier.".formatted(kind));
      default ->
          throw new FileException(
              file,
              "It holds a %s, which finds boxes and gives no class to the whole image:"
                      .formatted(kind)
                  + " DenseLocalizer.read reads it.");
    };
  }

  private static Classifier checkpoint(Path file) {
    Checkpoint checkpoint = Checkpoint.read(file);
    if (checkpoint.classNames().isEmpty()) {
      throw new FileException(
          file,
          "VGG %s in it knows no classes; train a linear SVM on its features."
              .formatted(checkpoint.network().label()));
    }
    return checkpoint.classifier().open();
  }
}
