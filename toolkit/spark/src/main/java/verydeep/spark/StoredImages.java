package verydeep.spark;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import verydeep.VerydeepException;
import verydeep.data.ImageBytes;
import verydeep.data.ImageFiles;
import verydeep.data.Images;

/**
 * Images in any of Hadoop's file systems, of which nobody has a list: files that match a pattern,
 * rows of Parquet or records of sequence files that hold the bytes. It is the source of their
 * content too, on any machine of the cluster. Immutable; it holds names and places, no images.
 *
 * <pre>{@code
 * var stored = StoredImages.parquet(spark, "hdfs:///photos", "name", "content");
 * var cluster = Cluster.of(spark).reading(stored);
 * cluster.features(extractor, stored.images()).parquet("hdfs:///features");
 * }</pre>
 */
public final class StoredImages implements ImageBytes {

  private static final long serialVersionUID = 1L;

  private final List<String> names;
  private final ImagePlaces places;
  private transient volatile Map<String, Integer> indices;

  StoredImages(List<String> names, ImagePlaces places) {
    this.names = List.copyOf(names);
    this.places = places;
  }

  /**
   * Finds files by Spark's source {@code binaryFile}, without reading them.
   *
   * @param spark a session
   * @param pattern a path or URI of Hadoop's file systems in which {@code *}, {@code ?}, {@code
   *     [ab]} and {@code {a,b}} stand for others, such as {@code hdfs:///photos/*}{@code /*.jpg};
   *     files that begin with {@code _} or a dot are left out
   * @return the files, sorted; their names are URIs
   * @throws VerydeepException if there is none, or the file system cannot be read
   */
  public static StoredImages glob(SparkSession spark, String pattern) {
    return Listing.files(spark, pattern);
  }

  /**
   * Finds rows of Parquet files, without reading their images. Row groups are read whole, so that
   * they should not be larger than the 128 MB that Spark gives them.
   *
   * @param spark a session
   * @param path a path, URI or pattern of Hadoop's file systems, with all its files
   * @param name the column of names, texts that are all different; of what {@code binaryFile} has
   *     read it is {@code path}
   * @param content the column of the bytes of image files; a row without is an unreadable image
   * @return the images, in the order of the files and of the rows in them
   * @throws VerydeepException if the columns are not there or of other types, a name is missing,
   *     given twice, or longer than 4,096 characters, or the files cannot be read
   */
  public static StoredImages parquet(SparkSession spark, String path, String name, String content) {
    return Listing.rows(spark, path, name, content);
  }

  /**
   * Finds records of sequence files, whose keys are names ({@code Text}) and whose values are the
   * bytes of image files ({@code BytesWritable}). Executors read the keys. The files may be
   * compressed by record, not by block, in which no record has a place of its own.
   *
   * @param spark a session
   * @param path a path, URI or pattern of Hadoop's file systems; of a folder all files count that
   *     do not begin with {@code _} or a dot
   * @return the images, in the order of the files and of the records in them
   * @throws VerydeepException if there are none, a file is no such sequence file or is damaged, or
   *     a name is empty, given twice, or longer than 4,096 characters
   */
  public static StoredImages sequenceFiles(SparkSession spark, String path) {
    return Listing.records(spark, path);
  }

  /** {@return the number of images} */
  public int size() {
    return names.size();
  }

  /** {@return the names, in order} */
  public List<String> names() {
    return names;
  }

  /** {@return the images without classes, to be classified} */
  public ImageFiles files() {
    return ImageFiles.of(names, this);
  }

  /**
   * Returns the images with the folders of their names as classes: the image {@code test/hat/1.jpg}
   * is a {@code hat}. For other labels there is {@link Images#of(List, List, int[], ImageBytes)}
   * with {@link #names()} and this source.
   *
   * @return the images; classes are sorted by the code units of their names
   * @throws VerydeepException if a name has no folder
   */
  public Images images() {
    List<String> folders = names.stream().map(StoredImages::folder).toList();
    List<String> classes =
        new LinkedHashSet<>(folders.stream().sorted().toList()).stream().toList();
    Map<String, Integer> label = new HashMap<>();
    classes.forEach(one -> label.put(one, label.size()));
    return Images.of(classes, names, folders.stream().mapToInt(label::get).toArray(), this);
  }

  private static String folder(String name) {
    int end = name.lastIndexOf('/');
    String folder = end < 0 ? "" : name.substring(name.lastIndexOf('/', end - 1) + 1, end);
    if (folder.isEmpty()) {
      throw new VerydeepException(
          ("The image %s has no folder in its name that could be its class. Give labels to"
                  + " Images.of, or use files() where no class is needed.")
              .formatted(name));
    }
    return folder;
  }

  /**
   * Reads an image's bytes.
   *
   * @param name one of {@link #names()}
   * @return its content; null if there is no such image
   * @throws IOException if its file, row or record is gone, empty or damaged
   */
  @Override
  public byte[] read(String name) throws IOException {
    Integer index = indices().get(name);
    return index == null ? null : places.read(name, index);
  }

  /** The index of each name, which does not travel. */
  private Map<String, Integer> indices() {
    Map<String, Integer> known = indices;
    if (known == null) {
      known = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        known.put(names.get(i), i);
      }
      indices = known;
    }
    return known;
  }

  /** How many images there are, and where. */
  @Override
  public String toString() {
    return "%,d images in %s".formatted(names.size(), places);
  }
}
