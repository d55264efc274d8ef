package verydeep.data;

import java.io.IOException;
import java.io.Serializable;

/**
 * What gives the content of image files by name: an archive, a database, HDFS, S3. Images that come
 * from here are used like those on disk, and the same names give the same {@link
 * Images#fingerprint()}.
 *
 * <pre>{@code
 * var onDisk = Images.folder("datasets/clothing/test");
 * var store = new HashMap<String, byte[]>();
 * for (int i = 0; i < onDisk.size(); i++) {
 *   store.put(onDisk.name(i), onDisk.bytes(i));
 * }
 * var stored = onDisk.from(store::get);
 * println(stored.image(0).equals(onDisk.image(0)));
 * }</pre>
 *
 * <p>Results name such an image by its name as a path. Charts and pages that show images read these
 * paths, so they need the images on disk.
 */
@FunctionalInterface
public interface ImageBytes extends Serializable {

  /**
   * Reads the content of an image file. Called on several threads at once, and again each time an
   * image is requested.
   *
   * @param name the image's name, as the images were given
   * @return its content, in any format that {@link RgbImage#read(byte[])} decodes; null if there is
   *     no such image, which then counts as unreadable
   * @throws IOException if this image cannot be read: it then counts as unreadable, and may be
   *     skipped. A source that has failed for all images should throw an unchecked exception
   *     instead, which ends the work.
   */
  byte[] read(String name) throws IOException;
}
