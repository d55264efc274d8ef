package verydeep.classification;

import java.util.List;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.data.RgbImage;

/** The mean of the scores of several classifiers (section 4.5). */
final class MeanClassifier implements Classifier {

  private final List<Classifier> all;

  MeanClassifier(List<Classifier> all) {
    this.all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new VerydeepException("The mean of classifiers needs at least one.");
    }
    Classifier first = all.get(0);
    for (Classifier other : all) {
      if (!other.classNames().equals(first.classNames())) {
        throw new VerydeepException(
            "The classifiers %s and %s have other classes, or in another order; a mean needs the"
                    .formatted(first.name(), other.name())
                + " same ones.");
      }
      if (other.kind() != first.kind()) {
        throw new VerydeepException(
            "The scores of %s are posteriors and those of %s decision values, or the other way"
                    .formatted(first.name(), other.name())
                + " round; their mean says nothing.");
      }
    }
  }

  @Override
  public Classification classify(RgbImage image, String name) {
    List<Classification> answers = all.stream().map(one -> one.classify(image, name)).toList();
    float[] mean = new float[classNames().size()];
    for (int k = 0; k < mean.length; k++) {
      double sum = 0;
      for (Classification answer : answers) {
        sum += answer.score(k);
      }
      mean[k] = (float) (sum / answers.size());
    }
    return Classification.of(image, name, classNames(), mean, kind(), name());
  }

  @Override
  public List<String> classNames() {
    return all.get(0).classNames();
  }

  @Override
  public Classification.Kind kind() {
    return all.get(0).kind();
  }

  @Override
  public String name() {
    return all.stream().map(Classifier::name).collect(Collectors.joining(" & "));
  }

  @Override
  public String fingerprint() {
    return all.stream().map(Classifier::fingerprint).collect(Collectors.joining(" & "));
  }

  @Override
  public String arithmetic() {
    return all.stream().map(Classifier::arithmetic).distinct().collect(Collectors.joining(" & "));
  }

  @Override
  public long bytes() {
    return all.stream().mapToLong(Classifier::bytes).sum();
  }

  @Override
  public void close() {
    all.forEach(Classifier::close);
  }

  @Override
  public String toString() {
    return "mean of %d classifiers: %s".formatted(all.size(), name());
  }
}
