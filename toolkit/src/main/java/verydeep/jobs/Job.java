package verydeep.jobs;

import java.nio.file.Path;

/**
 * Work on many images that can be done in parts, on any machines that share a folder, and joined
 * later. The joined result has the bits that one machine gives, whatever the number and order of
 * the parts.
 *
 * <pre>{@code
 * var all = Evaluation.of(checkpoint, images).dense().scales(64, 80).quiet();
 * try (var job = all.job()) {
 *   for (int i = 0; i < 3; i++) {
 *     job.part(i, 3).run("runs/dense"); // each could be another process, on another machine
 *   }
 * }
 * println(all.job().join("runs/dense"));
 * }</pre>
 *
 * <p>The network is loaded by the first part that needs it and stays open until the job is closed.
 * Parts of one job that run on several threads wait for each other, since one part uses all cores.
 *
 * @param <R> the type of the result
 */
public interface Job<R> extends AutoCloseable {

  /** {@return the number of images} */
  int size();

  /**
   * Returns one of the parts that the job is cut into. Parts begin at multiples of the number of
   * images that go through the network together, so a part of few images may be empty.
   *
   * @param index from 0 to {@code parts - 1}
   * @param parts the number of parts, 1 or more
   * @return the part, which does nothing before {@link Part#run(Path)}
   * @throws verydeep.VerydeepException if a number is out of range
   */
  Part part(int index, int parts);

  /**
   * Joins the parts in a folder and leaves the result in their place. A part that was done twice
   * counts once. A folder that has been joined gives its result again.
   *
   * @param folder where the parts are
   * @return the result of the whole job
   * @throws verydeep.VerydeepException if images are missing, and the message says which; or if a
   *     part is of another job, network, arithmetic or other images, and the message says what
   *     differs
   */
  R join(Path folder);

  /**
   * Joins the parts in a folder.
   *
   * @param folder as {@link #join(Path)}
   * @return the result of the whole job
   */
  default R join(String folder) {
    return join(Path.of(folder));
  }

  /** Releases the network, if a part has loaded it; the next part loads it again. */
  @Override
  void close();

  /** One part of a {@link Job}: some of its images, in order. */
  interface Part {

    /**
     * Computes what the folder lacks of this part, and keeps it there. A part that was stopped or
     * killed goes on where it was; one that is done returns at once.
     *
     * @param folder created if missing; the parts of one job share it, and no other job does
     * @return the number of images that this call computed
     * @throws verydeep.VerydeepException if the folder cannot be used or holds parts of another
     *     job, and the message says what differs; or if this machine cannot run the arithmetic that
     *     the job has begun with
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
     *     done is kept
     */
    int run(Path folder);

    /**
     * Computes what the folder lacks of this part.
     *
     * @param folder as {@link #run(Path)}
     * @return the number of images that this call computed
     */
    default int run(String folder) {
      return run(Path.of(folder));
    }

    /**
     * Returns whether a folder has the results for all of these images, so that {@link #run(Path)}
     * would compute none. Loads no network, and leaves the folder as it is.
     *
     * @param folder where the parts are
     * @return false also if there is no such folder
     * @throws verydeep.VerydeepException if it holds another job, and the message says what differs
     */
    boolean isDone(Path folder);
  }
}
