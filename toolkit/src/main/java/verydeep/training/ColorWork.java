package verydeep.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.data.UnreadableImageException;
import verydeep.internal.files.SkippedText;
import verydeep.internal.images.ColorSums;
import verydeep.internal.images.SharedPixels;
import verydeep.internal.inference.ReadAhead;
import verydeep.internal.jobs.JobOutcome;
import verydeep.internal.jobs.JobWork;
import verydeep.internal.jobs.JobWorker;
import verydeep.internal.jobs.PartFormat;

/** Sums over the pixels of images, image by image on several threads. */
final class ColorWork implements JobWork<ColorPart> {

  private static final int AHEAD = 32;
  private static final String BY = "sums of integers";

  private final Images images;
  private final boolean skipping;

  ColorWork(Images images, boolean skipping) {
    this.images = images;
    this.skipping = skipping;
  }

  @Override
  public String title() {
    return "summing colors" + images.leftOut();
  }

  @Override
  public int size() {
    return images.size();
  }

  /** The sums are exact, however they are cut. */
  @Override
  public int grain() {
    return 1;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("images", images.fingerprint());
    settings.put("unreadable images", skipping ? "are left out" : "end the job");
    return settings;
  }

  @Override
  public PartFormat<ColorPart> format() {
    return ColorFile.parts();
  }

  @Override
  public Map<String, String> texts(JobOutcome<ColorPart> all) {
    return Map.of("computed by", all.arithmetic());
  }

  /** With the files that were given, not those whose names were kept. */
  ColorPart located(ColorPart part) {
    return new ColorPart(
        part.sums(),
        part.images(),
        SkippedText.located(part.skipped(), images.size(), images::file));
  }

  @Override
  public JobWorker<ColorPart> open() {
    return new Worker();
  }

  private final class Worker implements JobWorker<ColorPart> {

    private double waited;

    @Override
    public String arithmetic() {
      return BY;
    }

    @Override
    public int chunk() {
      return 1;
    }

    @Override
    public void compute(int from, int to, Consumer<ColorPart> results) {
      try (var ahead = new ReadAhead<>(to - from, AHEAD, i -> sums(from + i))) {
        for (int i = from; i < to; i++) {
          results.accept(ahead.take());
        }
        waited = ahead.waited();
      }
    }

    @Override
    public double waited() {
      return waited;
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  /** The sums of one image; on any thread. */
  private ColorPart sums(int i) {
    try {
      return new ColorPart(ColorSums.of(SharedPixels.of(images.image(i))), 1, List.of());
    } catch (UnreadableImageException e) {
      if (!skipping) {
        throw e;
      }
      return new ColorPart(ColorSums.NONE, 0, List.of(new Skipped(images.file(i), e.reason())));
    }
  }
}
