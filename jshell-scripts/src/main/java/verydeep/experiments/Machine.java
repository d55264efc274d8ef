package verydeep.experiments;

import verydeep.device.Hardware;

/** The machine that this program runs on, as far as the last digits of a training depend on it. */
final class Machine {

  private Machine() {}

  /** Returns the processor's model and the number of available cores and threads. */
  static String name() {
    String threads = System.getenv("OMP_NUM_THREADS");
    return Hardware.processorName()
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores"
        + (threads == null ? "" : ", OMP_NUM_THREADS=" + threads);
  }
}
