package verydeep.internal.jobs;

import java.nio.file.Path;

/**
 * The results for a range of images, as a file holds them.
 *
 * @param file the file
 * @param from the index of the first image
 * @param to the index after the last
 * @param content the results
 * @param seconds how long they took
 * @param arithmetic what computed them; empty in files of earlier versions
 * @param <P> the type of the results for some images
 */
record KeptPart<P>(Path file, int from, int to, P content, double seconds, String arithmetic) {}
