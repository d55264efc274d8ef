package verydeep.internal.jobs;

import java.util.function.Consumer;

/**
 * What computes a job's images: a network with its weights loaded, for any number of ranges.
 *
 * @param <P> the type of the results for some images
 */
public interface JobWorker<P> extends AutoCloseable {

  /** {@return what does the arithmetic, in a few words} */
  String arithmetic();

  /** {@return the number of images that go through the network together} */
  int chunk();

  /**
   * Computes a range of images.
   *
   * @param from the first one's index, a multiple of {@link #chunk()}
   * @param to the index after the last
   * @param results receives the results chunk by chunk, in order
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; all whole
   *     chunks before have been handed over
   */
  void compute(int from, int to, Consumer<P> results);

  /** {@return the seconds for which the last range waited for images; NaN if it is not known} */
  default double waited() {
    return Double.NaN;
  }

  /** {@return the seconds that the network has computed since it was loaded; NaN if not known} */
  default double computing() {
    return Double.NaN;
  }

  @Override
  void close();
}
