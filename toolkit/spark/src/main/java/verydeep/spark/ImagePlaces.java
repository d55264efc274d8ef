package verydeep.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Where the bytes of stored images are, and how they are read there. */
sealed interface ImagePlaces extends Serializable {

  /** An image of more than a gibibyte must be a mistake and is not read into memory. */
  int MOST_BYTES = 1 << 30;

  /**
   * Reads the bytes of an image.
   *
   * @param name the image
   * @param index its place in the list
   * @throws IOException if that cannot be done; the message is a sentence
   */
  byte[] read(String name, int index) throws IOException;

  /** Files whose names are URIs. */
  record OfFiles(String pattern) implements ImagePlaces {
    @Override
    public byte[] read(String name, int index) throws IOException {
      return SharedFiles.here().read(name);
    }

    @Override
    public String toString() {
      return pattern;
    }
  }

  /**
   * Rows of Parquet files.
   *
   * @param path what was asked for
   * @param column holds the bytes
   * @param files URIs
   * @param file of each image, the index of its file
   * @param row of each image, the number of its row in the file
   */
  record OfRows(String path, String column, List<String> files, int[] file, long[] row)
      implements ImagePlaces {
    @Override
    public byte[] read(String name, int index) throws IOException {
      return ParquetContent.read(files.get(file[index]), column, row[index]);
    }

    @Override
    public String toString() {
      return "%s, column %s of Parquet files".formatted(path, column);
    }
  }

  /**
   * Records of sequence files.
   *
   * @param path what was asked for
   * @param files URIs
   * @param file of each image, the index of its file
   * @param at of each image, the byte at which its record begins
   */
  record OfRecords(String path, List<String> files, int[] file, long[] at) implements ImagePlaces {
    @Override
    public byte[] read(String name, int index) throws IOException {
      try (SequenceRecords records = new SequenceRecords(files.get(file[index]))) {
        return records.content(at[index]);
      }
    }

    @Override
    public String toString() {
      return "%s, sequence files".formatted(path);
    }
  }
}
