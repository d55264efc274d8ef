package verydeep.inspection;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.RgbImage;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.inference.ReadAhead;

/**
 * A classifier's answers for many versions of an image. Several threads ask at a time, so that a
 * classifier that can will put their images into one batch.
 */
final class ManyAnswers {

  /** As many as a classifier puts into one batch. */
  private static final int TOGETHER = 8;

  private ManyAnswers() {}

  /**
   * Asks.
   *
   * @param classifier the classifier
   * @param count the number of versions
   * @param version makes one, on any thread
   * @param kept what is kept of an answer, which has its image
   * @return it, in order
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays
   *     set
   */
  static <T> List<T> of(
      Classifier classifier,
      int count,
      IntFunction<RgbImage> version,
      Function<Classification, T> kept) {
    return OwnThread.run(
        () -> {
          try (ReadAhead<T> answers =
              new ReadAhead<>(
                  count,
                  2 * TOGETHER,
                  TOGETHER,
                  i -> kept.apply(classifier.classify(version.apply(i))))) {
            return IntStream.range(0, count).mapToObj(i -> answers.take()).toList();
          }
        });
  }
}
