package verydeep.training;

import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.cpu.TrainingPass;
import verydeep.network.NetworkSummary;

/** Chooses what computes a training before its first step, since its bits depend on it. */
final class ArithmeticChoice {

  private ArithmeticChoice() {}

  /**
   * Returns what computes a training: that which began it, or what the settings ask for, or the
   * choice by the amount of work.
   *
   * @param settings the settings
   * @param kept the state to resume from
   * @throws VerydeepException if the settings ask for another arithmetic than the one that began
   *     the training, or for one that cannot compute it
   */
  static Arithmetic of(TrainingSettings settings, Optional<StateFile> kept) {
    Arithmetic wanted = settings.arithmetic();
    if (kept.isPresent()) {
      Arithmetic before = kept.get().arithmetic();
      if (wanted != null && wanted != before) {
        throw new VerydeepException(
            "The training in "
                + settings.folder()
                + " began with arithmetic "
                + before
                + ", so it cannot resume with "
                + wanted
                + ", which rounds differently. Leave out arithmetic("
                + wanted
                + "), or use another folder.");
      }
      wanted = before;
    }
    if (wanted == null) {
      return byWork(settings);
    }
    String reason = whyNot(settings, wanted);
    if (!reason.isEmpty()) {
      String which =
          kept.isPresent() ? ", which began the training in " + settings.folder() + "," : "";
      throw new VerydeepException(
          "Arithmetic "
              + wanted
              + which
              + " cannot train VGG "
              + settings.network().label()
              + ": "
              + reason
              + ". "
              + (kept.isPresent() ? "Use another folder to start over." : "Use DJL."));
    }
    return wanted;
  }

  /** Asks for the kernels' memory last, since only kernels that can run can say it. */
  private static Arithmetic byWork(TrainingSettings settings) {
    Arithmetic suited =
        settings.suitsKernels()
            ? Arithmetics.forTraining(settings.network(), multiplications(settings))
            : Arithmetic.DJL;
    return suited == Arithmetic.DJL || whyNotTogether(settings).isEmpty() ? suited : Arithmetic.DJL;
  }

  private static String whyNot(TrainingSettings settings, Arithmetic wanted) {
    String reason = Arithmetics.whyNotTrain(wanted, settings.network());
    if (!reason.isEmpty() || wanted == Arithmetic.DJL) {
      return reason;
    }
    return settings.suitsKernels()
        ? whyNotTogether(settings)
        : "it computes in 32 bits on the CPU only";
  }

  /** Batch normalization needs a micro-batch as large as it was chosen, whatever the heap. */
  private static String whyNotTogether(TrainingSettings settings) {
    int images = Math.min(settings.recipe().batch(), settings.imagesOnKernels());
    return !settings.network().batchNorm()
            || TrainingPass.fitting(settings.network(), images) == images
        ? ""
        : "batch normalization takes its statistics over "
            + images
            + " images together, which do not fit into the heap; set a smaller microBatch, or start"
            + " the JVM with a larger -Xmx";
  }

  /** Returns the work of all epochs: a backward pass costs twice as much as a forward pass. */
  private static double multiplications(TrainingSettings settings) {
    double image =
        settings.network().summary().rows().stream().mapToDouble(NetworkSummary.Row::macs).sum();
    return 3 * image * settings.training().size() * settings.recipe().epochs();
  }
}
