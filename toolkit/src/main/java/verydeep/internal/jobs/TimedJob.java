package verydeep.internal.jobs;

import verydeep.jobs.Job;

/**
 * A job that knows what its network took.
 *
 * @param <R> the type of the result
 */
public interface TimedJob<R> extends Job<R> {

  /** {@return what it took in all parts that this object has done so far} */
  NetworkTime networkTime();
}
