package verydeep.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import verydeep.VerydeepException;
import verydeep.data.ImageBytes;

/**
 * Files that every machine of a cluster sees: paths of a shared folder, or URIs such as {@code
 * hdfs://…} and {@code s3a://…}, which Hadoop's file systems read with the settings {@code
 * spark.hadoop.*} of the session.
 *
 * <pre>{@code
 * var images = ImageFiles.of(Files.readAllLines(Path.of("uris.txt")), SharedFiles.here());
 * }</pre>
 */
public final class SharedFiles implements ImageBytes {

  private static final long serialVersionUID = 1L;

  /** Two letters or more, so that a drive of Windows is a path. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  /** An image file of more than a gibibyte must be a mistake and is not read into memory. */
  private static final int MOST_BYTES = 1 << 30;

  private final String base;

  private SharedFiles(String base) {
    this.base = base;
  }

  /** {@return a source for which relative paths begin at this process's working folder} */
  public static SharedFiles here() {
    return new SharedFiles(Path.of("").toAbsolutePath().toString());
  }

  @Override
  public byte[] read(String name) throws IOException {
    return URI.matcher(name).matches() ? remote(name) : local(Path.of(base).resolve(name));
  }

  private static byte[] remote(String uri) throws IOException {
    var path = new org.apache.hadoop.fs.Path(uri);
    try (InputStream in = HadoopFiles.of(path).open(path)) {
      return limited(in);
    }
  }

  private static byte[] local(Path file) throws IOException {
    if (!Files.exists(file) && isMissing(file.getParent())) {
      throw new VerydeepException(
          ("The folder %s of the images is missing or empty on the machine %s. Every executor must"
                  + " see the images under the same path: use a shared folder, or URIs of HDFS or"
                  + " S3.")
              .formatted(file.getParent(), Machine.name()));
    }
    if (!Files.exists(file)) {
      throw new FileNotFoundException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("It is not a regular file.");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return limited(in);
    }
  }

  private static byte[] limited(InputStream in) throws IOException {
    byte[] content = in.readNBytes(MOST_BYTES + 1);
    if (content.length > MOST_BYTES) {
      throw new IOException("It has more than %,d bytes.".formatted(MOST_BYTES));
    }
    return content;
  }

  private static boolean isMissing(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }

  /** Where relative paths begin. */
  @Override
  public String toString() {
    return "files that every machine sees, from " + base;
  }
}
