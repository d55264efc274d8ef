package verydeep.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.NetworkText;
import verydeep.internal.files.Safetensors;
import verydeep.internal.files.SafetensorsHeader;
import verydeep.internal.files.WeightFile;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** The formats that weights are read from, distinguished by a file's first bytes. */
final class FileFormat {

  private static final int LONGEST_MAGIC = 16;
  private static final String OURS = "verydeep ";

  private FileFormat() {}

  static Checkpoint read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      WeightFile content = content(channel);
      return content.facts().getOrDefault("format", "").startsWith(OURS)
          ? ours(content)
          : Recognition.of(content);
    } catch (Malformed e) {
      throw new FileException(file, e.offset(), e.getMessage(), e);
    } catch (IOException e) {
      throw new FileException(file, "It cannot be read: " + e + ".", e);
    }
  }

  private static WeightFile content(FileChannel channel) throws IOException, Malformed {
    byte[] first = new byte[LONGEST_MAGIC];
    int length = Math.max(0, channel.read(ByteBuffer.wrap(first), 0));
    if (starts(first, Hdf5.MAGIC)) {
      return KerasFile.read(Cursor.map(channel));
    } else if (starts(first, StoredZip.MAGIC)) {
      return TorchZip.read(Cursor.map(channel));
    } else if (starts(first, TorchLegacy.MAGIC)) {
      return TorchLegacy.read(Cursor.map(channel));
    } else if (length > 8 && first[8] == '{') {
      return Safetensors.read(channel);
    }
    Cursor file = Cursor.map(channel);
    if (CaffeModel.recognizes(file)) {
      return CaffeModel.read(file);
    }
    throw new Malformed(
        0,
        "The first bytes match no supported format: safetensors, PyTorch's .pth, Caffe's"
            + " .caffemodel, Keras's .h5.");
  }

  private static boolean starts(byte[] first, byte[] magic) {
    return Arrays.equals(first, 0, magic.length, magic, 0, magic.length);
  }

  /** Reads a file of {@link Checkpoint#write}, whose metadata states everything. */
  private static Checkpoint ours(WeightFile content) throws Malformed {
    Map<String, String> metadata = content.facts();
    try {
      Vgg network = NetworkText.network(metadata);
      Checkpoint checkpoint =
          Checkpoint.of(
              Parameters.of(network, content.plain()),
              NetworkText.classes(metadata),
              NetworkText.preprocessing(metadata),
              new Provenance(NetworkText.provenance(metadata)));
      return NetworkText.trainingScale(metadata)
          .map(checkpoint::withTrainingScale)
          .orElse(checkpoint);
    } catch (VerydeepException e) {
      throw new Malformed(SafetensorsHeader.BEGIN, e.getMessage());
    } catch (RuntimeException e) {
      // the metadata may violate any check of the values it describes
      throw new Malformed(
          SafetensorsHeader.BEGIN, "The metadata is out of range: " + e.getMessage());
    }
  }
}
