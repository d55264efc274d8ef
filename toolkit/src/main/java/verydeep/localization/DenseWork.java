package verydeep.localization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoxedImages;
import verydeep.internal.files.FileNames;
import verydeep.internal.inference.ReadAhead;
import verydeep.internal.jobs.JobOutcome;
import verydeep.internal.jobs.JobWork;
import verydeep.internal.jobs.JobWorker;
import verydeep.internal.jobs.PartFormat;

/** A dense test of images: their views, merged. */
final class DenseWork implements JobWork<List<LocalizedImage>> {

  /** Guesses per image, as in ILSVRC. */
  private static final int GUESSES = 5;

  /** Images that go through the networks together. Saved parts end at multiples of this number. */
  private static final int CHUNK = 8;

  private final DenseLocalizer test;
  private final BoxedImages images;
  private final DenseSettings settings;

  /**
   * Creates the work.
   *
   * @param images images with the classifier's classes, one of them each
   */
  DenseWork(DenseLocalizer test, BoxedImages images) {
    this(DenseSettings.chosen(test, images));
  }

  private DenseWork(DenseSettings settings) {
    this.test = settings.test();
    this.images = settings.images();
    this.settings = settings;
  }

  @Override
  public String title() {
    return test.protocol();
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int grain() {
    return CHUNK;
  }

  @Override
  public Map<String, String> settings() {
    return settings.texts();
  }

  @Override
  public JobWork<List<LocalizedImage>> as(Map<String, String> begun) {
    return new DenseWork(settings.as(begun));
  }

  @Override
  public PartFormat<List<LocalizedImage>> format() {
    return LocalizationFile.parts(test.classes());
  }

  @Override
  public Map<String, String> texts(JobOutcome<List<LocalizedImage>> all) {
    return LocalizationFile.texts(result(all));
  }

  Localization result(JobOutcome<List<LocalizedImage>> all) {
    List<LocalizedImage> located = // the files that were given, not those whose names were kept
        FileNames.located(
            all.content(),
            LocalizedImage::file,
            LocalizedImage::at,
            images.size(),
            i -> images.annotated(i).file());
    return new Localization(test.name(), test.protocol(), test.classes(), located, all.seconds())
        .computedBy(all.arithmetic());
  }

  @Override
  public JobWorker<List<LocalizedImage>> open() {
    return new Worker(test.passes(settings.arithmetics()));
  }

  private final class Worker implements JobWorker<List<LocalizedImage>> {

    private final DensePasses passes;

    private Worker(DensePasses passes) {
      this.passes = passes;
    }

    @Override
    public String arithmetic() {
      return passes.arithmetic();
    }

    @Override
    public int chunk() {
      return CHUNK;
    }

    @Override
    public void compute(int from, int to, Consumer<List<LocalizedImage>> results) {
      try (var ahead =
          new ReadAhead<>(to - from, 2 * CHUNK, i -> passes.rescaled(images.image(from + i)))) {
        for (int first = from; first < to; first += CHUNK) {
          int end = Math.min(first + CHUNK, to);
          List<DensePasses.Rescaled> chunk = new ArrayList<>();
          for (int i = first; i < end; i++) {
            chunk.add(ahead.take());
          }
          List<List<BoxMerging.BoxMap>> views = passes.views(chunk);
          List<LocalizedImage> found = new ArrayList<>();
          for (int i = first; i < end; i++) {
            found.add(localized(images.annotated(i), views.get(i - first)));
          }
          results.accept(found);
        }
      }
    }

    @Override
    public double computing() {
      return passes.computing();
    }

    @Override
    public void close() {
      passes.close();
    }
  }

  private LocalizedImage localized(AnnotatedImage image, List<BoxMerging.BoxMap> views) {
    String name = image.onlyName();
    List<LocalizedImage.Guess> guesses = test.merging().guesses(views, GUESSES);
    int label = test.classes().indexOf(name);
    return new LocalizedImage(image.file(), label, image.boxes(name), guesses);
  }
}
