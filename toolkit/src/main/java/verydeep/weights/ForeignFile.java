package verydeep.weights;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import verydeep.internal.files.Malformed;

/**
 * What a file is that holds no weights, although somebody takes it for one: a page that a server
 * sent instead, a pointer to the file, an archive that must be unpacked first.
 */
final class ForeignFile {

  private static final int BEGINNING = 512;
  private static final int TAR_AT = 257;
  private static final Pattern POINTER =
      Pattern.compile(
          "version https://git-lfs\\.github\\.com/\\S+\\s[^\\x00]*?size (\\d{1,18})\\s.*",
          Pattern.DOTALL);

  /** The first bytes of packed files, in Latin-1. */
  private static final Map<String, String> PACKED =
      Map.of(
          "\u001f\u008b", "gzip",
          "BZh", "bzip2",
          "\u00fd7zXZ\0", "xz",
          "(\u00b5/\u00fd", "zstd",
          "7z\u00bc\u00af", "7z",
          "Rar!", "rar");

  /** The first bytes of files of other tools and kinds, in Latin-1. */
  private static final Map<String, String> KINDS =
      Map.of(
          "\u0089PNG", "a PNG image",
          "\u00ff\u00d8\u00ff", "a JPEG image",
          "MATLAB 7.3", "a .mat file of version 7.3, which MATLAB can save again with -v7",
          "GGUF", "a GGUF file, of a language model",
          "\u0012\u0001\0\0\0\0\0\0", "an MXNet file",
          "%PDF", "a PDF document");

  private static final String EXPECTED =
      "safetensors, PyTorch's .pth, Caffe's .caffemodel, Keras's .h5 and .keras, NumPy's .npy and"
          + " .npz, ONNX, MatConvNet's .mat";

  private ForeignFile() {}

  /** Refuses a file of a known other kind. */
  static void refuse(Cursor file) throws Malformed {
    String first = file.at(0, Math.min(BEGINNING, file.fileSize())).latin();
    if (first.isEmpty()) {
      throw new Malformed(0, "The file is empty, as after a download that failed.");
    }
    Matcher pointer = POINTER.matcher(first);
    if (pointer.matches()) {
      throw new Malformed(
          0,
          "This is a pointer of Git LFS to a file of "
              + pointer.group(1)
              + " bytes, not the file. Fetch it in the repository with: git lfs pull.");
    }
    String text = first.replaceFirst("^(\u00ef\u00bb\u00bf)?\\s*", "").toLowerCase(Locale.ROOT);
    if (text.startsWith("<") && text.contains("html")) {
      throw new Malformed(
          0,
          "This is a web page, such as a server sends instead of a file that it does not have, or"
              + " only for whoever is logged in. Download the file again.");
    } else if (text.startsWith("<?xml") || text.startsWith("<error")) {
      throw new Malformed(0, "This is XML, such as a server's message of an error, not weights.");
    }
    refuseArchive(first);
    for (Map.Entry<String, String> kind : KINDS.entrySet()) {
      if (first.startsWith(kind.getKey())) {
        throw new Malformed(
            0, "This is " + kind.getValue() + ", which holds no weights that are read.");
      }
    }
  }

  private static void refuseArchive(String first) throws Malformed {
    if (first.startsWith("ustar", TAR_AT)) {
      throw new Malformed(
          0,
          "This is a tar archive that begins with "
              + LayerNames.few(List.of(first.substring(0, Math.max(0, first.indexOf('\0')))))
              + ". Unpack it, and read the file of weights in it.");
    }
    for (Map.Entry<String, String> packed : PACKED.entrySet()) {
      if (first.startsWith(packed.getKey())) {
        throw new Malformed(
            0, "This file is packed with " + packed.getValue() + ". Unpack it first.");
      }
    }
  }

  /** Returns the refusal of a file of an unknown kind. */
  static Malformed unknown(Cursor file) throws Malformed {
    String first = file.at(0, Math.min(BEGINNING, file.fileSize())).latin();
    boolean text =
        first.chars().allMatch(c -> (c >= ' ' && c < 127) || c == '\n' || c == '\r' || c == '\t');
    if (!text) {
      return new Malformed(
          0, "The first bytes match none of the formats that are read: " + EXPECTED + ".");
    }
    boolean json = first.stripLeading().startsWith("{") || first.stripLeading().startsWith("[");
    return new Malformed(
        0,
        json
            ? "This is JSON, not weights: a network's description, or a server's message."
            : "This is text, not weights.");
  }
}
