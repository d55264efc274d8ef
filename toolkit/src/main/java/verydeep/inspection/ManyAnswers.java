package verydeep.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.RgbImage;
import verydeep.internal.inference.OwnThread;

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
   * @return the answers in order
   * @throws CancellationException if the thread is interrupted; its flag stays set
   */
  static List<Classification> of(Classifier classifier, int count, IntFunction<RgbImage> version) {
    return OwnThread.run(() -> answers(classifier, count, version));
  }

  private static List<Classification> answers(
      Classifier classifier, int count, IntFunction<RgbImage> version) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            TOGETHER,
            task -> {
              Thread thread = new Thread(task, "verydeep-answers");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<Classification>> asked = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int index = i;
        asked.add(threads.submit(() -> classifier.classify(version.apply(index))));
      }
      List<Classification> answers = new ArrayList<>();
      for (Future<Classification> one : asked) {
        answers.add(one.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException) new CancellationException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
