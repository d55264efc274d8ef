package verydeep.internal.jobs;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result for one part of a job.
 *
 * @param result for the images that could be read; empty if there are none
 * @param unreadable why the others could not be read, by their index in the part
 * @param <R> the type of the result
 */
public record PartialResult<R>(Optional<R> result, SortedMap<Integer, String> unreadable) {

  /** Copies the reasons. */
  public PartialResult {
    unreadable = Collections.unmodifiableSortedMap(new TreeMap<>(unreadable));
  }
}
