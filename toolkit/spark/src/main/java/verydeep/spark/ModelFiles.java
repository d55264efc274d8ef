package verydeep.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import verydeep.VerydeepException;

/**
 * The files with networks and settings that this driver has shipped. They stay until it ends: an
 * executor that starts later fetches all files of the context, also those of earlier jobs. The same
 * network with the same settings is one file.
 */
final class ModelFiles {

  private static Path folder;

  private ModelFiles() {}

  /**
   * Ships a file.
   *
   * @param writer writes it
   * @return its name, by which executors find it
   */
  static synchronized String add(JavaSparkContext context, Consumer<Path> writer) {
    if (folder == null) {
      folder = Folders.temporary();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Folders.delete(folder)));
    }
    Path written = folder.resolve("new");
    writer.accept(written);
    try {
      Path file = folder.resolve("verydeep-" + checksum(written) + "-" + Files.size(written));
      Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
      context.addFile(file.toString());
      return file.getFileName().toString();
    } catch (IOException e) {
      throw new VerydeepException("The network cannot be shipped: " + e, e);
    }
  }

  private static String checksum(Path file) throws IOException {
    try (InputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
      in.transferTo(OutputStream.nullOutputStream());
      return Long.toHexString(((CheckedInputStream) in).getChecksum().getValue());
    }
  }
}
