package verydeep.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The files that {@code image_kinds.py} makes, and what Pillow reads of each. */
final class Kinds {

  private static final Map<String, byte[]> FILES = files();

  private Kinds() {}

  /** All files by their names, such as {@code png/rgb-8.png}. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> kinds = new LinkedHashMap<>(FILES);
    kinds.keySet().removeIf(name -> !name.contains("/") || name.endsWith(".rgb"));
    return kinds;
  }

  static byte[] file(String name) {
    return FILES.get(name).clone();
  }

  /** What Pillow reads: width and height in two bytes each, and pixels; null if it refuses. */
  static byte[] pillow(String name) {
    return FILES.get(name + ".rgb");
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (InputStream in = Kinds.class.getResourceAsStream("kinds.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
