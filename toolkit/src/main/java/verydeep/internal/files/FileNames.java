package verydeep.internal.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import verydeep.data.ImageBytes;

/**
 * The names by which results know images. A name is the text of a path, which need not be of this
 * machine's file system: results of one image have one name, wherever it was read.
 */
public final class FileNames {

  private static final ImageBytes NOWHERE =
      name -> {
        throw new IOException(
            "It came by name, and a result that was read from a file does not know its source. Give"
                + " it by movedTo(images).");
      };

  private FileNames() {}

  /**
   * Returns the name of an image.
   *
   * @param file its path, of any file system
   * @return the path's text with slashes
   */
  public static String of(Path file) {
    return file.toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  /**
   * Returns the path of an image whose name was read.
   *
   * @param name what {@link #of(Path)} returned, or the text of a path
   * @return a path of this machine if it keeps the name; otherwise, such as for a URI, one that
   *     does and cannot be opened
   */
  public static Path path(String name) {
    try {
      Path path = Path.of(name);
      String slashed = name.replace(FileSystems.getDefault().getSeparator(), "/");
      return of(path).equals(slashed) ? path : NOWHERE.file(name);
    } catch (InvalidPathException e) {
      return NOWHERE.file(name);
    }
  }

  /**
   * Gives results that were read from files the paths of their images, which may be of another file
   * system than this machine's.
   *
   * @param results of some of the images
   * @param file a result's image by its name
   * @param at a result with another path
   * @param size the number of images
   * @param images the path of each
   * @param <T> a result
   * @return the results; those whose images are not found by name are left as they are
   */
  public static <T> List<T> located(
      List<T> results,
      Function<T, Path> file,
      BiFunction<T, Path, T> at,
      int size,
      IntFunction<Path> images) {
    Set<String> wanted =
        results.stream().map(result -> of(file.apply(result))).collect(Collectors.toSet());
    Map<String, Path> known = new HashMap<>();
    for (int i = 0; i < (wanted.isEmpty() ? 0 : size); i++) {
      String name = of(images.apply(i));
      if (wanted.contains(name)) {
        known.put(name, images.apply(i));
      }
    }
    return results.stream()
        .map(result -> located(result, known.get(of(file.apply(result))), at))
        .toList();
  }

  private static <T> T located(T result, Path path, BiFunction<T, Path, T> at) {
    return path == null ? result : at.apply(result, path);
  }
}
