package verydeep.spark;

import java.io.IOException;
import java.io.Serializable;

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
   * @param rows the number of each image's row in its file
   */
  record OfRows(String path, String column, FilePlaces rows) implements ImagePlaces {
    @Override
    public byte[] read(String name, int index) throws IOException {
      return ParquetContent.read(rows.file(index), column, rows.at(index));
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
   * @param begins the byte at which each image's record begins
   */
  record OfRecords(String path, FilePlaces begins) implements ImagePlaces {
    @Override
    public byte[] read(String name, int index) throws IOException {
      try (SequenceRecords records = new SequenceRecords(begins.file(index))) {
        return records.content(begins.at(index));
      }
    }

    @Override
    public String toString() {
      return "%s, sequence files".formatted(path);
    }
  }
}
