package verydeep.spark;

import java.io.Serializable;
import java.util.Map;

/**
 * What an executor has done with a part.
 *
 * @param index the part's number
 * @param machine where it was done
 * @param seconds how long it took there
 * @param files its files by path, to be joined; none if they were written elsewhere
 * @param arithmetic what computed it; empty for a part without images
 * @param failure why it cannot be done there, a message for people; empty if it was done
 */
record PartOutcome(
    int index,
    String machine,
    double seconds,
    Map<String, byte[]> files,
    String arithmetic,
    String failure)
    implements Serializable {}
