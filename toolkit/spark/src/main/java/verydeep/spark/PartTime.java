package verydeep.spark;

import java.io.Serializable;
import verydeep.internal.jobs.NetworkTime;

/**
 * What a part took on its executor, in seconds.
 *
 * @param executor which one
 * @param seconds all of it, from reading images to writing results
 * @param loading of these, until the weights were ready; 0 if an earlier part has loaded them
 * @param network of these, in the network's forward passes; NaN if that is not known
 */
record PartTime(String executor, double seconds, double loading, double network)
    implements Serializable {

  /** Returns a part's time on this executor. */
  static PartTime here(double seconds, NetworkTime network) {
    return new PartTime(Machine.executor(), seconds, network.loading(), network.computing());
  }

  /** The executor and the seconds. */
  @Override
  public String toString() {
    return executor + " in " + PartTimes.text(seconds, loading, network);
  }
}
