package verydeep.internal.jobs;

import java.util.Map;

/**
 * What a job computes.
 *
 * @param <P> the type of the results for some images
 */
public interface JobWork<P> {

  /** {@return what is being done, for progress lines} */
  String title();

  /** {@return the number of images} */
  int size();

  /**
   * {@return the number of which parts begin at multiples, so that no image's neighbors in a batch
   * depend on how the job is cut; the same on all machines}
   */
  int grain();

  /** {@return all that decides the bits, by name: parts with other settings are refused} */
  Map<String, String> settings();

  /**
   * Returns this work as a folder has begun it. What the caller left open, such as the arithmetic,
   * is then as there.
   *
   * @param begun the settings in the folder
   * @return the work; this one if nothing is left open
   */
  default JobWork<P> as(Map<String, String> begun) {
    return this;
  }

  /** {@return how results are kept} */
  PartFormat<P> format();

  /**
   * Returns what the file of the joined result says besides the results.
   *
   * @param all the joined results
   * @return texts by name, with {@code computed by} among them
   * @throws verydeep.VerydeepException if they are no result, such as those of no readable image
   */
  Map<String, String> texts(JobOutcome<P> all);

  /** {@return what computes, with its weights loaded} */
  JobWorker<P> open();
}
