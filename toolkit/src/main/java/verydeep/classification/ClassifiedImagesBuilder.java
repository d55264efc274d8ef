package verydeep.classification;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import verydeep.VerydeepException;
import verydeep.data.ImageFiles;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.inference.TestFolder;

/**
 * How many files are classified, in any order; {@link #run()} does it. Each method returns changed
 * settings and leaves these as they were.
 */
public final class ClassifiedImagesBuilder {

  private final Classifier classifier;
  private final ImageFiles files;
  private int top;
  private boolean failing;
  private boolean quiet;
  private Path folder;
  private long pause = TestFolder.PAUSE_NANOS;

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
    if (folder == null) {
      return run(null, TestFolder.Found.nothing());
    }
    AnswerFile file = new AnswerFile(classifier);
    try (var opened = TestFolder.open(folder, settings(), file.format(), pause)) {
      TestFolder.Found<AnswerFile.Part> found = opened.found();
      if (found.finished()) {
        return answers(found.parts().get(0), found.seconds());
      }
      ClassifiedImages all = run(opened, found);
      opened.finish(
          files.size(),
          new AnswerFile.Part(all.images(), all.skipped()),
          all.seconds(),
          Map.of("computed by", all.arithmetic()));
      return all;
    }
  }

  private ClassifiedImages run(
      TestFolder<AnswerFile.Part> opened, TestFolder.Found<AnswerFile.Part> found) {
    ProgressLine progress = quiet ? ProgressLine.silent() : ProgressLine.printing();
    try {
      AnswerRun run = new AnswerRun(classifier, files, top, failing, progress);
      AnswerFile.Part part = run.run(opened, found);
      return answers(part, run.seconds());
    } finally {
      progress.clear();
    }
  }

  private ClassifiedImages answers(AnswerFile.Part all, double seconds) {
    return new ClassifiedImages(
        classifier.name(),
        classifier.arithmetic(),
        classifier.kind(),
        classifier.classNames(),
        all.images(),
        all.skipped(),
        seconds);
  }

  /** What must be the same for a run to go on. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("classifier", classifier.fingerprint());
    settings.put("arithmetic", classifier.arithmetic());
    settings.put("files", files.fingerprint());
    settings.put("classes kept", String.valueOf(top));
    settings.put("unreadable files", failing ? "end the run" : "are left out");
    return settings;
  }

  /** Returns the settings. */
  @Override
  public String toString() {
    return files + " by " + classifier.name() + (folder == null ? "" : ", in " + folder);
  }
}
