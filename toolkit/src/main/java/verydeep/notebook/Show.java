package verydeep.notebook;

import org.dflib.jjava.jupyter.kernel.BaseKernel;
import verydeep.inspection.ImageProgress;
import verydeep.internal.notebook.LiveCurves;
import verydeep.internal.notebook.LiveImage;
import verydeep.internal.notebook.LiveOutput;
import verydeep.training.Progress;

/** What a notebook's cell shows while it works. */
public final class Show {

  private Show() {}

  /**
   * Learning curves that grow in place below the cell, a point an epoch, with a line that says how
   * far it is.
   *
   * <pre>{@code
   * var run = Training.of(net, images.split(0.8, 1)).progress(Show.learningCurves()).run();
   * }</pre>
   *
   * @return for {@code Training}; on the terminal if there is no notebook
   */
  public static Progress learningCurves() {
    return inNotebook() ? new LiveCurves(new LiveOutput()) : Progress.terminal();
  }

  /**
   * An image that is being made, in place below the cell, with a line that says how far it is.
   *
   * <pre>{@code
   * var dream = ImageOptimization.deepDream(checkpoint, image, "conv2_1").steps(3);
   * var made = dream.progress(Show.image()).run();
   * }</pre>
   *
   * @return for {@code ImageOptimization}; on the terminal a line if there is no notebook
   */
  public static ImageProgress image() {
    return inNotebook() ? new LiveImage(new LiveOutput()) : ImageProgress.terminal();
  }

  private static boolean inNotebook() {
    try {
      return BaseKernel.notebookKernel() != null;
    } catch (NoClassDefFoundError | NullPointerException e) {
      return false; // the kernel's classes come with the kernel
    }
  }
}
