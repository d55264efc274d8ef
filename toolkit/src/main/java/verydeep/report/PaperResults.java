package verydeep.report;

import static verydeep.data.TrainingScale.fixed;
import static verydeep.data.TrainingScale.jittered;
import static verydeep.network.Configuration.A;
import static verydeep.network.Configuration.A_LRN;
import static verydeep.network.Configuration.B;
import static verydeep.network.Configuration.C;
import static verydeep.network.Configuration.D;
import static verydeep.network.Configuration.E;

import java.util.List;
import verydeep.data.TrainingScale;
import verydeep.network.Configuration;

/** The paper's own numbers (arXiv 1409.1556, version 6), to set beside ours. */
public final class PaperResults {

  private static final TrainingScale JITTERED = jittered(256, 512);

  private PaperResults() {}

  /**
   * Errors of one network on the ILSVRC-2012 validation set.
   *
   * @param network the configuration
   * @param training S, at which it was trained
   * @param scales Q, at which it was tested, in pixels
   * @param top1 top-1 error in percent
   * @param top5 top-5 error in percent
   */
  public record ScaleError(
      Configuration network,
      TrainingScale training,
      List<Integer> scales,
      double top1,
      double top5) {

    /** Copies the scales. */
    public ScaleError {
      scales = List.copyOf(scales);
    }

    /** One line. */
    @Override
    public String toString() {
      return network.label() + ", " + training + ", Q=" + scales + ": " + top1 + " / " + top5 + "%";
    }
  }

  /**
   * Table 2: a network's parameters, rounded.
   *
   * @param network the configuration; A and A-LRN share a column of the table
   * @return millions of parameters
   * @throws IllegalArgumentException for the shallow net of section 4.1, which the table lacks
   */
  public static int millionsOfParameters(Configuration network) {
    return switch (network) {
      case A, A_LRN, B -> 133;
      case C -> 134;
      case D -> 138;
      case E -> 144;
      case B_5X5 -> throw new IllegalArgumentException(network.label() + " is not in Table 2.");
    };
  }

  /**
   * Table 3: dense testing at one scale.
   *
   * @return a record a row
   */
  public static List<ScaleError> singleScale() {
    return List.of(
        new ScaleError(A, fixed(256), List.of(256), 29.6, 10.4),
        new ScaleError(A_LRN, fixed(256), List.of(256), 29.7, 10.5),
        new ScaleError(B, fixed(256), List.of(256), 28.7, 9.9),
        new ScaleError(C, fixed(256), List.of(256), 28.1, 9.4),
        new ScaleError(C, fixed(384), List.of(384), 28.1, 9.3),
        new ScaleError(C, JITTERED, List.of(384), 27.3, 8.8),
        new ScaleError(D, fixed(256), List.of(256), 27.0, 8.8),
        new ScaleError(D, fixed(384), List.of(384), 26.8, 8.7),
        new ScaleError(D, JITTERED, List.of(384), 25.6, 8.1),
        new ScaleError(E, fixed(256), List.of(256), 27.3, 9.0),
        new ScaleError(E, fixed(384), List.of(384), 26.9, 8.7),
        new ScaleError(E, JITTERED, List.of(384), 25.5, 8.0));
  }

  /**
   * Table 4: dense testing, the posteriors of three scales averaged.
   *
   * @return a record a row
   */
  public static List<ScaleError> multiScale() {
    List<Integer> around256 = List.of(224, 256, 288);
    List<Integer> around384 = List.of(352, 384, 416);
    List<Integer> wide = List.of(256, 384, 512);
    return List.of(
        new ScaleError(B, fixed(256), around256, 28.2, 9.6),
        new ScaleError(C, fixed(256), around256, 27.7, 9.2),
        new ScaleError(C, fixed(384), around384, 27.8, 9.2),
        new ScaleError(C, JITTERED, wide, 26.3, 8.2),
        new ScaleError(D, fixed(256), around256, 26.6, 8.6),
        new ScaleError(D, fixed(384), around384, 26.5, 8.6),
        new ScaleError(D, JITTERED, wide, 24.8, 7.5),
        new ScaleError(E, fixed(256), around256, 26.9, 8.7),
        new ScaleError(E, fixed(384), around384, 26.7, 8.6),
        new ScaleError(E, JITTERED, wide, 24.8, 7.5));
  }
}
