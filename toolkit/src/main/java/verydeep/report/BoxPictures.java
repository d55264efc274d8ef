package verydeep.report;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.RgbImage;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;
import verydeep.localization.BoxMerging;
import verydeep.localization.DenseLocalizer;
import verydeep.localization.Localization;
import verydeep.localization.LocalizedImage;

/** Images with boxes: true ones, guesses, and those before and after merging (appendix A). */
final class BoxPictures {

  private static final int PHOTO = 216;
  private static final int COLUMNS = 4;
  private static final int LARGE = 400;
  private static final double THRESHOLD = 0.5;

  /** With more classes than colors the legend would not tell them apart. */
  private static final int MOST_NAMES = 7;

  private static final List<Legend.Entry> GUESSES =
      List.of(
          new Legend.Entry("true box", Style.GREEN, Legend.Mark.LINE),
          new Legend.Entry("guess, right", Style.BLUE, Legend.Mark.LINE),
          new Legend.Entry("guess, wrong", Style.RED, Legend.Mark.LINE));

  private static final List<Legend.Entry> MERGING =
      List.of(
          new Legend.Entry("true box", Style.GREEN, Legend.Mark.LINE),
          new Legend.Entry("highest score", Style.BLUE, Legend.Mark.LINE),
          new Legend.Entry("others", Style.ORANGE, Legend.Mark.LINE));

  private BoxPictures() {}

  /** Drawn at random; one color per class. */
  static Figure data(BoxedImages images, int count, long seed) {
    BoxedImages chosen = images.some(count, seed);
    List<Sheet.Cell> cells = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      AnnotatedImage image = chosen.annotated(i);
      List<Sheet.Mark> marks =
          image.objects().stream()
              .map(
                  o ->
                      new Sheet.Mark(
                          o.box(), Style.color(images.label(o.name()), images.classes().size()), 2))
              .toList();
      String caption = String.join(", ", image.names());
      cells.add(new Sheet.Cell(image.file(), marks, caption, "", Style.GRID));
    }
    String subtitle =
        String.format(
            Locale.ROOT,
            "%d of %,d images of %d classes",
            chosen.size(),
            images.size(),
            images.classes().size());
    List<Legend.Entry> legend =
        images.classes().size() > MOST_NAMES
            ? List.of()
            : Style.legend(images.classes(), Legend.Mark.LINE);
    return Sheet.of("Images and the boxes in them", subtitle, legend, cells, PHOTO, COLUMNS);
  }

  /** Evenly spaced in the test. */
  static Figure sheet(Localization test, int count) {
    List<LocalizedImage> all = test.images();
    int shown = Math.min(count, all.size());
    List<Sheet.Cell> cells =
        IntStream.range(0, shown)
            .mapToObj(i -> all.get((int) ((2L * i + 1) * all.size() / (2L * shown))))
            .map(image -> cell(test, image))
            .toList();
    String subtitle = test.name() + ", " + test.protocol() + ": error " + test.error();
    return Sheet.of("True and predicted boxes", subtitle, GUESSES, cells, PHOTO, COLUMNS);
  }

  private static Sheet.Cell cell(Localization test, LocalizedImage image) {
    List<Sheet.Mark> marks = new ArrayList<>();
    image.truths().forEach(box -> marks.add(new Sheet.Mark(box, Style.GREEN, 2)));
    LocalizedImage.Outcome outcome = image.outcome(THRESHOLD);
    Color color = outcome == LocalizedImage.Outcome.RIGHT ? Style.BLUE : Style.RED;
    String truth = test.classes().get(image.label());
    String caption = truth + ", no guess";
    LocalizedImage.Guess guess = telling(image);
    if (guess != null) {
      marks.add(new Sheet.Mark(guess.box(), color, 2));
      String predicted = test.classes().get(guess.label());
      caption =
          String.format(
              Locale.ROOT,
              "%s %.2f, IoU %.2f",
              predicted.equals(truth) ? truth : truth + ", predicted: " + predicted,
              guess.score(),
              image.truths().stream().mapToDouble(guess.box()::iou).max().orElse(0));
    }
    String remark = outcome == LocalizedImage.Outcome.RIGHT ? "" : outcome.toString();
    return new Sheet.Cell(image.file(), marks, caption, remark, Style.GRID);
  }

  /**
   * The guess by which the image is right, or nearly so; the most confident one if the class is
   * wrong.
   */
  private static LocalizedImage.Guess telling(LocalizedImage image) {
    Comparator<LocalizedImage.Guess> fit =
        Comparator.comparingDouble(
            guess -> image.truths().stream().mapToDouble(guess.box()::iou).max().orElse(0));
    return image.guesses().stream()
        .filter(guess -> guess.label() == image.label())
        .max(fit)
        .orElse(image.guesses().isEmpty() ? null : image.guesses().get(0));
  }

  static Figure merging(
      Path file,
      List<BoundingBox> truths,
      List<BoxMerging.MergedBox> before,
      List<BoxMerging.MergedBox> after) {
    List<Sheet.Cell> cells =
        List.of(
            cell(file, truths, before, count(before.size()) + " before merging"),
            cell(file, truths, after, count(after.size()) + " after merging"));
    String subtitle = String.valueOf(file.getFileName());
    return Sheet.of("Boxes before and after merging", subtitle, MERGING, cells, LARGE, 2);
  }

  static Figure merging(DenseLocalizer test, AnnotatedImage image) {
    List<String> names = image.names();
    int label = names.size() == 1 ? test.classes().indexOf(names.get(0)) : -1;
    if (label < 0) {
      throw new VerydeepException(
          "The image %s shows %s; it must show one class, one of %s."
              .formatted(image.file(), names, test.classes()));
    }
    List<BoxMerging.BoxMap> views = test.views(RgbImage.read(image.file()));
    return merging(
        image.file(),
        image.boxes(names.get(0)),
        of(label, test.merging().candidates(views)),
        of(label, test.merging().merge(views)));
  }

  private static List<BoxMerging.MergedBox> of(int label, List<BoxMerging.MergedBox> boxes) {
    return boxes.stream().filter(box -> box.label() == label).toList();
  }

  private static String count(int boxes) {
    return boxes == 1 ? "1 box" : boxes + " boxes";
  }

  /** The most confident one last, so that nothing hides it. */
  private static Sheet.Cell cell(
      Path file, List<BoundingBox> truths, List<BoxMerging.MergedBox> boxes, String caption) {
    List<BoxMerging.MergedBox> sorted = new ArrayList<>(boxes);
    sorted.sort(Comparator.comparingDouble(BoxMerging.MergedBox::score));
    List<Sheet.Mark> marks = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      boolean mostConfident = i == sorted.size() - 1;
      marks.add(
          new Sheet.Mark(
              sorted.get(i).box(),
              mostConfident ? Style.BLUE : Style.ORANGE,
              mostConfident ? 3 : 1));
    }
    truths.forEach(box -> marks.add(new Sheet.Mark(box, Style.GREEN, 2)));
    String score =
        sorted.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT, ", highest score %.2f", sorted.get(sorted.size() - 1).score());
    return new Sheet.Cell(file, marks, caption + score, "", Style.GRID);
  }
}
