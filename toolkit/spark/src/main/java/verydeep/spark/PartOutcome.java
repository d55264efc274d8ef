package verydeep.spark;

import java.io.Serializable;
import java.util.Map;
import verydeep.internal.jobs.NetworkTime;

/**
 * What an executor has done with a part.
 *
 * @param index the part's number
 * @param machine where it was done
 * @param time what it took there
 * @param files its files by path, to be joined; none if they were written elsewhere
 * @param unreadable why images could not be read, by their index in the job; none if the files say
 *     it
 * @param arithmetic what computed it; empty for a part without images
 * @param failure why it cannot be done there, a message for people; empty if it was done
 */
record PartOutcome(
    int index,
    String machine,
    PartTime time,
    Map<String, byte[]> files,
    Map<Integer, String> unreadable,
    String arithmetic,
    String failure)
    implements Serializable {

  /** A part that cannot be done on this machine. */
  static PartOutcome failed(int index, String reason) {
    PartTime none = PartTime.here(0, NetworkTime.NONE);
    return new PartOutcome(index, Machine.name(), none, Map.of(), Map.of(), "", reason);
  }
}
