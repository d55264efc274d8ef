package verydeep.internal.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Skipped;

/**
 * Where the images of a result are now.
 *
 * @param files the path of each image that the result is of
 * @param skipped the images that could not be read
 */
public record MovedImages(List<Path> files, List<Skipped> skipped) {

  /**
   * Finds the images of a result among images that lie elsewhere.
   *
   * @param what the result, in words
   * @param was the images that the result is of, and those that it skipped
   * @param className the class of each image that the result is of
   * @param images the same images by name, of the same classes and in the same order
   * @return their paths
   * @throws VerydeepException if they are others
   */
  public static MovedImages of(
      String what, MovedImages was, IntFunction<String> className, Images images) {
    List<Path> files = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Path file = images.file(i);
      String name = images.classes().get(images.label(i));
      int found = files.size();
      int left = skipped.size();
      int asFound =
          found < was.files.size() && className.apply(found).equals(name)
              ? alike(was.files.get(found), file)
              : 0;
      int asLeft = left < was.skipped.size() ? alike(was.skipped.get(left).file(), file) : 0;
      if (asFound == 0 && asLeft == 0) {
        throw new VerydeepException(
            "%s was not made of these images: %s, %d of %d, of class \"%s\", is not in its place."
                .formatted(what, file, i + 1, images.size(), name));
      }
      if (asFound >= asLeft) {
        files.add(file);
      } else {
        skipped.add(new Skipped(file, was.skipped.get(left).reason()));
      }
    }
    if (files.size() != was.files.size()) {
      throw new VerydeepException(
          "%s was made of %d images; given are %d."
              .formatted(what, was.files.size(), images.size()));
    }
    return new MovedImages(files, skipped);
  }

  /**
   * How many names two paths share, counted from the file up: other folders hold such files too.
   */
  private static int alike(Path file, Path other) {
    int most = Math.min(file.getNameCount(), other.getNameCount());
    int same = 0;
    while (same < most && name(file, same).equals(name(other, same))) {
      same++;
    }
    return same;
  }

  /** The texts are compared, since the paths may be of two file systems. */
  private static String name(Path file, int fromEnd) {
    return file.getName(file.getNameCount() - 1 - fromEnd).toString();
  }
}
