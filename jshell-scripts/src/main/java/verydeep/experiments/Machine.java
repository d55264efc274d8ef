package verydeep.experiments;

import verydeep.device.Hardware;

/** What this program runs on, as far as the last digits of a training depend on it. */
final class Machine {

  private Machine() {}

  /** The processor's model and how many cores and threads there are to compute with. */
  static String name() {
    String threads = System.getenv("OMP_NUM_THREADS");
    return Hardware.processorName()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores"
        + (threads == null ? "" : ", OMP_NUM_THREADS=" + threads);
  }
}
