/**
 * One job in parts, done on any machines and joined later.
 *
 * <p>Start with {@link verydeep.jobs.Job}.
 */
package verydeep.jobs;
