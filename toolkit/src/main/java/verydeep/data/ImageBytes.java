package verydeep.data;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Collection;

/**
 * What gives the content of files by name: an archive, a database, HDFS, S3. Images that come from
 * here are used like those on disk, and the same names give the same {@link Images#fingerprint()}.
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
 * <p>Such an image has a {@linkplain #file path}, too, whose text is its name and which is read
 * from here. Results name their images by these paths, so that charts show them. A result that was
 * read from a file knows the names only; its {@code movedTo(images)} tells it the rest.
 *
 * <p>What {@link java.nio.file.FileSystem java.nio.file} can open needs none of this: all readers
 * take the paths of any file system, such as that of a zip or of a provider for S3.
 */
@FunctionalInterface
public interface ImageBytes extends Serializable {

  /**
   * Reads the content of a file. Called on several threads at once, and again each time an image is
   * requested.
   *
   * @param name the file's name, as it was given
   * @return its content, that of an image in any format that {@link RgbImage#read(byte[])} decodes;
   *     null if there is no such file, which then counts as unreadable
   * @throws IOException if this file cannot be read: it then counts as unreadable, and may be
   *     skipped. A source that has failed for all of them should throw an unchecked exception
   *     instead, which ends the work.
   */
  byte[] read(String name) throws IOException;

  /**
   * Returns a file as a path, for what takes paths. It can only be read.
   *
   * <pre>{@code
   * ImageBytes source = store::get;
   * println(checkpoint.classify(source.file(onDisk.name(0))));
   * }</pre>
   *
   * @param name the file's name
   * @return a path whose text is the name; nothing is read before it is opened
   */
  default Path file(String name) {
    return new NamedFiles(this).file(name);
  }

  /**
   * Returns files as a folder, for readers of data sets, such as {@link BoxedImages#voc(Path,
   * String)}. It can only be read.
   *
   * <pre>{@code
   * ImageBytes files = name -> Files.readAllBytes(Path.of(name));
   * var names = Files.walk(Path.of("datasets/bccd")).filter(Files::isRegularFile).
   *     map(Path::toString).toList();
   * println(BoxedImages.voc(files.folder("datasets/bccd", names), "trainval"));
   * }</pre>
   *
   * @param root the folder: what the names of its files begin with, before a slash; empty for all
   *     names. A URI such as {@code hdfs://host/voc} is one, too
   * @param names those of all files, with slashes; others than those in the folder are passed over
   * @return a folder in which these files lie as their names tell
   * @throws verydeep.VerydeepException if no name is in the folder
   */
  default Path folder(String root, Collection<String> names) {
    return NamedFiles.folder(this, root, names);
  }
}
