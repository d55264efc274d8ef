package verydeep.classification;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import verydeep.VerydeepException;
import verydeep.data.ImageFiles;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.jobs.WorkJob;
import verydeep.jobs.Job;

/**
 * Settings for classifying many files, in any order; {@link #run()} does it. Each method returns
 * changed settings and leaves these as they were.
 */
public final class ClassifiedImagesBuilder {

  private final Classifier classifier;
  private final ImageFiles files;
  private int top;
  private boolean failing;
  private boolean quiet;
  private Path folder;
  private long pause = WorkJob.PAUSE_NANOS;

  ClassifiedImagesBuilder(Classifier classifier, ImageFiles files) {
    this.classifier = classifier;
    this.files = files;
    this.top = Math.min(5, classifier.classNames().size());
  }

  private ClassifiedImagesBuilder with(Consumer<ClassifiedImagesBuilder> change) {
    ClassifiedImagesBuilder changed = new ClassifiedImagesBuilder(classifier, files);
    changed.top = top;
    changed.failing = failing;
    changed.quiet = quiet;
    changed.folder = folder;
    changed.pause = pause;
    change.accept(changed);
    return changed;
  }

  /**
   * Sets how many classes are kept of each image.
   *
   * @param classes from 1 to the number of classes; 5 by default, or all if there are fewer, so
   *     that the answers for 100,000 images by 1,000 classes take some megabytes
   * @return changed settings
   * @throws VerydeepException if it is out of range
   */
  public ClassifiedImagesBuilder top(int classes) {
    int most = classifier.classNames().size();
    if (classes < 1 || classes > most) {
      throw new VerydeepException(
          "The number of classes to keep is %d; it must be from 1 to %d.".formatted(classes, most));
    }
    return with(changed -> changed.top = classes);
  }

  /**
   * Ends at the first file that cannot be read.
   *
   * @return changed settings; by default such files are left out, and {@link
   *     ClassifiedImages#skipped()} lists them
   */
  public ClassifiedImagesBuilder failingOnUnreadable() {
    return with(changed -> changed.failing = true);
  }

  /**
   * Keeps the answers so far in a folder, so that a run that was stopped goes on where it was when
   * it is called again, and a finished one is given at once.
   *
   * @param folder made if it is not there; one run has it for itself
   * @return changed settings
   */
  public ClassifiedImagesBuilder folder(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return with(changed -> changed.folder = folder);
  }

  /**
   * Keeps the answers so far in a folder.
   *
   * @param folder as {@link #folder(Path)}
   * @return changed settings
   */
  public ClassifiedImagesBuilder folder(String folder) {
    return folder(Path.of(folder));
  }

  /** For tests: how often parts are kept. */
  ClassifiedImagesBuilder pause(long nanos) {
    return with(changed -> changed.pause = nanos);
  }

  /**
   * Shows no progress.
   *
   * @return changed settings
   */
  public ClassifiedImagesBuilder quiet() {
    return with(changed -> changed.quiet = true);
  }

  /**
   * Classifies the files.
   *
   * @return the answers
   * @throws verydeep.data.UnreadableImageException if a file cannot be read and {@link
   *     #failingOnUnreadable} was asked for
   * @throws VerydeepException if the {@link #folder} cannot be used, or holds another run
   * @throws java.util.concurrent.CancellationException if the thread is interrupted, or after
   *     Ctrl-C in JShell; the message says how far it came, and a {@link #folder} keeps what was
   *     done
   */
  public ClassifiedImages run() {
    return OwnThread.run(this::classify);
  }

  private ClassifiedImages classify() {
    try (var job = work()) {
      return job.run(folder);
    }
  }

  /**
   * Makes this run a job, which can be done in parts on several machines. The folder of its parts
   * is given to them; {@link #folder} does not count. The classifier stays open when the job is
   * closed. Each machine opens it with the same arithmetic, and has the files under the same paths.
   *
   * @return the job
   */
  public Job<ClassifiedImages> job() {
    return work();
  }

  private WorkJob<AnswerFile.Part, ClassifiedImages> work() {
    AnswerWork work = new AnswerWork(classifier, files, top, failing);
    return new WorkJob<>(work, work::result, quiet, pause);
  }

  /** Returns the settings. */
  @Override
  public String toString() {
    return files + " by " + classifier.name() + (folder == null ? "" : ", in " + folder);
  }
}
