package verydeep.internal.jobs;

/**
 * The results of all images of a job.
 *
 * @param content the results
 * @param seconds how long they took, all calls and machines together
 * @param arithmetic what computed them
 * @param waiting the share of the last call's time in which images were waited for; NaN if it is
 *     not known
 * @param <P> the type of the content
 */
public record JobOutcome<P>(P content, double seconds, String arithmetic, double waiting) {}
