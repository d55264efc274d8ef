package verydeep.classification;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import verydeep.data.ImageFiles;
import verydeep.data.Skipped;
import verydeep.data.UnreadableImageException;
import verydeep.internal.files.FileNames;
import verydeep.internal.files.SkippedText;
import verydeep.internal.inference.ReadAhead;
import verydeep.internal.jobs.JobOutcome;
import verydeep.internal.jobs.JobWork;
import verydeep.internal.jobs.JobWorker;
import verydeep.internal.jobs.PartFormat;

/**
 * Asks a classifier about files, on several threads, which decode while one of them computes and
 * whose images go through the network together.
 */
final class AnswerWork implements JobWork<AnswerFile.Part> {

  /** Threads, and so images in memory: as many as a network takes at a time. */
  private static final int THREADS = 8;

  private final Classifier classifier;
  private final ImageFiles files;
  private final int top;
  private final boolean failing;

  AnswerWork(Classifier classifier, ImageFiles files, int top, boolean failing) {
    this.classifier = classifier;
    this.files = files;
    this.top = top;
    this.failing = failing;
  }

  @Override
  public String title() {
    return "classifying, " + classifier.name() + files.leftOut();
  }

  @Override
  public int size() {
    return files.size();
  }

  /** An answer does not depend on what else is being asked. */
  @Override
  public int grain() {
    return 1;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("classifier", classifier.fingerprint());
    settings.put("arithmetic", classifier.arithmetic());
    settings.put("files", files.fingerprint());
    settings.put("classes kept", String.valueOf(top));
    settings.put("unreadable files", failing ? "end the run" : "are left out");
    return settings;
  }

  @Override
  public PartFormat<AnswerFile.Part> format() {
    return new AnswerFile(classifier).format();
  }

  @Override
  public Map<String, String> texts(JobOutcome<AnswerFile.Part> all) {
    return Map.of("computed by", all.arithmetic());
  }

  ClassifiedImages result(JobOutcome<AnswerFile.Part> all) {
    AnswerFile.Part found = located(all.content());
    return new ClassifiedImages(
        classifier.name(),
        classifier.arithmetic(),
        classifier.kind(),
        classifier.classNames(),
        found.images(),
        found.skipped(),
        all.seconds());
  }

  /** With the files that were given, not those whose names were kept. */
  private AnswerFile.Part located(AnswerFile.Part part) {
    return new AnswerFile.Part(
        FileNames.located(
            part.images(),
            ClassifiedImages.Answer::file,
            (answer, file) -> new ClassifiedImages.Answer(file, answer.top()),
            files.size(),
            files::file),
        SkippedText.located(part.skipped(), files.size(), files::file));
  }

  /** The classifier is open, and stays so. */
  @Override
  public JobWorker<AnswerFile.Part> open() {
    return new Worker();
  }

  private final class Worker implements JobWorker<AnswerFile.Part> {

    @Override
    public String arithmetic() {
      return classifier.arithmetic();
    }

    @Override
    public int chunk() {
      return 1;
    }

    @Override
    public void compute(int from, int to, Consumer<AnswerFile.Part> results) {
      try (var answers = new ReadAhead<>(to - from, THREADS, THREADS, i -> answer(from + i))) {
        for (int i = from; i < to; i++) {
          results.accept(answers.take());
        }
      }
    }

    @Override
    public void close() {
      // the classifier is the caller's
    }
  }

  /** The answer for a file; on any thread. */
  private AnswerFile.Part answer(int i) {
    Path file = files.file(i);
    try {
      Classification found = classifier.classify(files.image(i), files.name(i));
      return new AnswerFile.Part(
          List.of(new ClassifiedImages.Answer(file, found.top(top))), List.of());
    } catch (UnreadableImageException e) { // or it is too long for the network
      if (failing) {
        throw e;
      }
      return new AnswerFile.Part(List.of(), List.of(new Skipped(file, e.reason())));
    }
  }
}
