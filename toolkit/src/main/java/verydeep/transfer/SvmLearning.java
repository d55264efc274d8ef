package verydeep.transfer;

import java.util.List;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.evaluation.Evaluation;
import verydeep.weights.Checkpoint;

/**
 * A classifier for classes of one's own, learned from a folder of photos: linear SVMs on features
 * of a network (appendix B). A fifth of each class is held out; layer, scales and C are chosen by
 * cross-validation on the others alone, the result is tested on the fifth, and the classifier that
 * is kept is then trained on all images.
 *
 * <pre>{@code
 * var learned = SvmLearning.of(d, images).scales(64).run();
 * println(learned);
 * learned.svm().write("target/mine.safetensors");
 * }</pre>
 *
 * @param svm trained on all images, with its test in its provenance
 * @param test the classifier with the same settings, trained without the fifth, on the fifth: the
 *     error of what is kept, which has seen a quarter more images, should be no larger
 * @param trials what was tried, in the order in which it was
 * @param warnings what a user should know of the images, in sentences
 * @param skipped files that could not be read
 */
public record SvmLearning(
    LinearSvm svm,
    Evaluation test,
    List<Trial> trials,
    List<String> warnings,
    List<Skipped> skipped) {

  /**
   * A layer at some scales.
   *
   * @param layer the layer
   * @param scales Q in pixels
   * @param numbers the length of a vector
   * @param cost the best C
   * @param wrong images wrong in the cross-validation with that C
   * @param images images in the cross-validation
   * @param chosen whether it is the one that was chosen: the first of those with the fewest errors
   */
  public record Trial(
      String layer,
      List<Integer> scales,
      int numbers,
      double cost,
      int wrong,
      int images,
      boolean chosen) {

    /**
     * Copies the scales.
     *
     * @param layer the layer
     * @param scales Q in pixels
     * @param numbers the length of a vector
     * @param cost the best C
     * @param wrong images wrong in the cross-validation with that C
     * @param images images in the cross-validation
     * @param chosen whether it is the one that was chosen
     */
    public Trial {
      scales = List.copyOf(scales);
    }

    /** {@return the share of images that were wrong in the cross-validation} */
    public double error() {
      return (double) wrong / images;
    }
  }

  /**
   * Copies the lists.
   *
   * @param svm trained on all images
   * @param test on the images held out
   * @param trials what was tried
   * @param warnings in sentences
   * @param skipped files that could not be read
   */
  public SvmLearning {
    trials = List.copyOf(trials);
    warnings = List.copyOf(warnings);
    skipped = List.copyOf(skipped);
  }

  /**
   * Starts to learn classes.
   *
   * @param checkpoint the network; its convolutions suffice
   * @param images labeled images of two classes or more
   * @return a builder
   */
  public static SvmLearningBuilder of(Checkpoint checkpoint, Images images) {
    return new SvmLearningBuilder(checkpoint, images);
  }

  /** {@return the trial that was chosen} */
  public Trial chosen() {
    return trials.stream()
        .filter(Trial::chosen)
        .findFirst()
        .orElseThrow(() -> new VerydeepException("No trial was chosen."));
  }

  /** Returns the error with its interval, what was chosen, and the warnings. */
  @Override
  public String toString() {
    Trial best = chosen();
    StringBuilder text = new StringBuilder();
    text.append(
        "%d classes learned; error %s on %d images held out"
            .formatted(svm.classes().size(), test.errors().top1(), test.predictions().size()));
    text.append(
        "\nchosen of %d by cross-validation: %s at Q=%s, C=%s, %d of %d images wrong there"
            .formatted(
                trials.size(),
                best.layer(),
                String.join(",", best.scales().stream().map(String::valueOf).toList()),
                best.cost(),
                best.wrong(),
                best.images()));
    warnings.forEach(warning -> text.append("\nWarning: ").append(warning));
    return text.toString();
  }
}
