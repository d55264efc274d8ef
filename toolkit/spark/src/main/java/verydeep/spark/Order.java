package verydeep.spark;

import java.io.Serializable;
import java.util.Map;
import verydeep.data.ImageBytes;

/**
 * A job as it travels to the executors.
 *
 * @param id tells it from other jobs
 * @param work what is done
 * @param model the name of the file that holds the network and the settings
 * @param images which images
 * @param source gives their content
 * @param parts in how many parts
 * @param build the driver's build of the toolkit
 * @param processors how many a task may use; 0 if that does not matter
 * @param begun the files that the driver has begun the job with, by path: they hold the arithmetic
 */
record Order(
    String id,
    Shipped work,
    String model,
    ImageList images,
    ImageBytes source,
    int parts,
    String build,
    int processors,
    Map<String, byte[]> begun)
    implements Serializable {}
