package verydeep.internal.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import verydeep.VerydeepException;
import verydeep.data.TestViews;
import verydeep.data.TrainingScale;
import verydeep.data.View;

/**
 * The views of an image as a caller asks for them, before what was left open is decided by the
 * network.
 *
 * @param view which parts of an image are shown
 * @param scales Q in pixels; none to take what the training scale suggests
 * @param threeScales whether that is three scales rather than one
 * @param flipped whether flipped images are shown too; null for what the view has by default
 */
public record ViewChoice(View view, List<Integer> scales, boolean threeScales, Boolean flipped) {

  /** The paper's protocol: dense, at one scale, with flipped images. */
  public static final ViewChoice DEFAULT = new ViewChoice(View.dense(), List.of(), false, null);

  /** Published networks are usually tested at 256 pixels for an input of 224. */
  private static final double MARGIN = 256.0 / 224;

  /** Copies the scales. */
  public ViewChoice {
    Objects.requireNonNull(view, "view");
    scales = List.copyOf(scales);
  }

  /** {@return another view} */
  public ViewChoice withView(View other) {
    return new ViewChoice(other, scales, threeScales, flipped);
  }

  /** {@return these scales in place of any other} */
  public ViewChoice withScales(int... sides) {
    return new ViewChoice(view, Arrays.stream(sides).boxed().toList(), false, flipped);
  }

  /** {@return three scales around the training scale in place of any other} */
  public ViewChoice withThreeScales() {
    return new ViewChoice(view, List.of(), true, flipped);
  }

  /** {@return with flipped images, or without} */
  public ViewChoice withFlipped(boolean also) {
    return new ViewChoice(view, scales, threeScales, also);
  }

  /**
   * Decides what was left open.
   *
   * @param trained S, at which the network was trained; null if it is not known
   * @param input the side of the square that the network was trained on, in pixels
   * @throws VerydeepException if scales follow from the training scale, which is not known
   */
  public TestViews views(TrainingScale trained, int input) {
    if (scales.isEmpty() && trained == null) {
      throw new VerydeepException(
          "The checkpoint does not say at which scale it was trained; say at which to test it:"
              + " scales(...), each of %d pixels or more.".formatted(input));
    }
    return new TestViews(view, sides(trained, input), flips());
  }

  /**
   * Decides what was left open; without a training scale, by the usual scale for such an input.
   *
   * @param trained S, at which the network was trained; null if it is not known
   * @param input the side of the square that the network was trained on, in pixels
   */
  public TestViews viewsOrUsual(TrainingScale trained, int input) {
    boolean open = scales.isEmpty() && trained == null && !threeScales;
    return open
        ? withScales((int) Math.round(MARGIN * input)).views(null, input)
        : views(trained, input);
  }

  /** {@return the scales in words, such as {@code Q=256} or {@code three scales}} */
  public String sides() {
    if (!scales.isEmpty()) {
      return "Q=" + String.join(",", scales.stream().map(String::valueOf).toList());
    }
    return threeScales ? "three scales" : "the scale of the training";
  }

  private List<Integer> sides(TrainingScale trained, int input) {
    if (!scales.isEmpty()) {
      return scales;
    }
    return threeScales
        ? Arrays.stream(trained.testScales(input)).boxed().toList()
        : List.of(trained.testScale());
  }

  private boolean flips() {
    return flipped == null ? view.flippedByDefault() : flipped;
  }
}
