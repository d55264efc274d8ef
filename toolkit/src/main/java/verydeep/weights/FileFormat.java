package verydeep.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import verydeep.internal.files.Malformed;
import verydeep.internal.files.Safetensors;
import verydeep.internal.files.WeightFile;

/** The formats that weights are read from, distinguished by a file's first bytes. */
final class FileFormat {

  private static final int LONGEST_MAGIC = 20;

  private FileFormat() {}

  /** Reads the tensors of a file that is complete in itself. */
  static WeightFile content(FileChannel channel) throws IOException, Malformed {
    byte[] first = new byte[LONGEST_MAGIC];
    int length = Math.max(0, channel.read(ByteBuffer.wrap(first), 0));
    if (length > 8 && first[8] == '{') {
      return Safetensors.read(channel);
    }
    Cursor file = Cursor.map(channel);
    if (starts(first, Hdf5.MAGIC)) {
      return KerasFile.read(file);
    } else if (starts(first, ZipArchive.MAGIC)) {
      return ArchiveFormat.read(ZipArchive.entries(file));
    } else if (starts(first, TorchLegacy.MAGIC)) {
      return TorchLegacy.read(file);
    } else if (starts(first, NumpyFile.MAGIC)) {
      return NumpyFile.read(file);
    } else if (starts(first, MatFile.MAGIC)) {
      return MatFile.read(file);
    } else if (Pickle.recognizes(first)) {
      return NumpyFile.pickled(file);
    }
    ForeignFile.refuse(file);
    if (CaffeModel.recognizes(file)) {
      return CaffeModel.read(file);
    } else if (OnnxModel.recognizes(file)) {
      return OnnxModel.read(file);
    }
    throw ForeignFile.unknown(file);
  }

  private static boolean starts(byte[] first, byte[] magic) {
    return Arrays.equals(first, 0, magic.length, magic, 0, magic.length);
  }
}
