package verydeep.spark;

import java.io.Serializable;
import java.util.List;

/** Places in files, one for each image, in 12 bytes each. Immutable. */
final class FilePlaces implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<String> files;
  private final int[] file;
  private final long[] at;

  /**
   * Takes places.
   *
   * @param files URIs
   * @param file of each image, the index of its file
   * @param at of each image, its place there: a row, or the byte at which a record begins
   */
  FilePlaces(List<String> files, List<Integer> file, List<Long> at) {
    this.files = List.copyOf(files);
    this.file = file.stream().mapToInt(Integer::intValue).toArray();
    this.at = at.stream().mapToLong(Long::longValue).toArray();
  }

  String file(int image) {
    return files.get(file[image]);
  }

  long at(int image) {
    return at[image];
  }
}
