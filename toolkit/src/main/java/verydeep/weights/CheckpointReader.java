package verydeep.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import verydeep.FileException;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.Unreadable;
import verydeep.internal.files.WeightFile;

/** Reads a checkpoint from a file of any format: the tensors first, then what they are. */
final class CheckpointReader {

  private CheckpointReader() {}

  /**
   * Reads a file.
   *
   * @param file the file
   * @param network which network of several; null for the only one
   */
  static Checkpoint read(Path file, String network) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      WeightFile content =
          ShardedWeights.recognizes(channel)
              ? ShardedWeights.read(file, channel)
              : FileFormat.content(channel);
      return OwnFile.recognizes(content)
          ? OwnFile.read(content, network)
          : Recognition.of(content, network);
    } catch (Malformed e) {
      throw new FileException(file, e.offset(), e.getMessage(), e);
    } catch (IOException e) {
      throw Unreadable.because(file, e);
    }
  }
}
