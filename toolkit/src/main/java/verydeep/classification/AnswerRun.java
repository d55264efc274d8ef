package verydeep.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import verydeep.data.ImageFiles;
import verydeep.data.RgbImage;
import verydeep.data.Skipped;
import verydeep.data.UnreadableImageException;
import verydeep.internal.inference.ProgressLine;
import verydeep.internal.inference.ReadAhead;
import verydeep.internal.inference.TestFolder;

/**
 * Goes through files on several threads, which decode while one of them computes and whose images
 * go through the network together, and keeps the answers as it goes.
 */
final class AnswerRun {

  /** Threads, and so images in memory: as many as a network takes at a time. */
  private static final int THREADS = 8;

  private final Classifier classifier;
  private final ImageFiles files;
  private final int top;
  private final boolean failing;
  private final ProgressLine progress;
  private final List<ClassifiedImage> images = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private int keptImages;
  private int keptSkipped;
  private double seconds;

  AnswerRun(
      Classifier classifier, ImageFiles files, int top, boolean failing, ProgressLine progress) {
    this.classifier = classifier;
    this.files = files;
    this.top = top;
    this.failing = failing;
    this.progress = progress;
  }

  /** The answer for a file, or why there is none. */
  private record Answer(ClassifiedImage image, UnreadableImageException unreadable) {}

  /** The folder may be null. */
  AnswerFile.Part run(TestFolder<AnswerFile.Part> folder, TestFolder.Found<AnswerFile.Part> found) {
    long began = System.nanoTime();
    for (AnswerFile.Part part : found.parts()) {
      images.addAll(part.images());
      skipped.addAll(part.skipped());
    }
    keptImages = images.size();
    keptSkipped = skipped.size();
    int before = done();
    progress.begin(before);
    show();
    try (var answers =
        new ReadAhead<>(files.size() - before, THREADS, THREADS, i -> answer(before + i))) {
      while (done() < files.size()) {
        add(answers.take());
        show();
        if (folder != null && folder.due()) {
          keep(folder);
        }
      }
    } catch (CancellationException e) {
      if (folder != null && done() > keptImages + keptSkipped) {
        keep(folder);
      }
      throw TestFolder.stopped(folder, done(), files.size());
    }
    seconds = found.seconds() + (System.nanoTime() - began) / 1e9;
    return new AnswerFile.Part(images, skipped);
  }

  private int done() {
    return images.size() + skipped.size();
  }

  private void show() {
    progress.show("classifying, " + classifier.name() + files.leftOut(), done(), files.size());
  }

  private void add(Answer answer) {
    if (answer.unreadable() == null) {
      images.add(answer.image());
    } else if (failing) {
      throw answer.unreadable();
    } else {
      skipped.add(new Skipped(files.file(done()), answer.unreadable().reason()));
    }
  }

  private void keep(TestFolder<AnswerFile.Part> folder) {
    folder.keep(
        done(),
        new AnswerFile.Part(
            images.subList(keptImages, images.size()),
            skipped.subList(keptSkipped, skipped.size())));
    keptImages = images.size();
    keptSkipped = skipped.size();
  }

  /** On any thread. */
  private Answer answer(int index) {
    RgbImage image;
    try {
      image = RgbImage.read(files.file(index));
    } catch (UnreadableImageException e) {
      return new Answer(null, e);
    }
    try {
      Classification found = classifier.classify(image, files.file(index).toString());
      return new Answer(new ClassifiedImage(files.file(index), found.top(top)), null);
    } catch (UnreadableImageException e) {
      return new Answer(null, e); // too long for the network
    }
  }

  /** With those of the parts found. */
  double seconds() {
    return seconds;
  }
}
