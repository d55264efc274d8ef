package verydeep.spark;

import java.io.IOException;
import java.net.URI;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * The bytes in a column of an open Parquet file, read row by row. One file is open in a JVM: images
 * are asked for nearly in order, and each next row is at hand.
 */
final class ParquetContent {

  /** Rows that readers ahead may have passed, since threads ask for them a little out of order. */
  private static final int MOST_PASSED = 64;

  private static final long MOST_PASSED_BYTES = 64L << 20;

  private static ParquetContent open;

  private final String file;
  private final String column;
  private final ParquetFileReader reader;
  private final MessageType schema;
  private final Iterator<BlockMetaData> groups;
  private final Map<Long, Optional<byte[]>> passed = new LinkedHashMap<>();
  private long passedBytes;
  private RecordReader<Group> rows;
  private long next;
  private long endOfGroup;

  private ParquetContent(String file, String column) throws IOException {
    this.file = file;
    this.column = column;
    var input = HadoopInputFile.fromPath(new Path(URI.create(file)), HadoopFiles.settings());
    reader = ParquetFileReader.open(input, ParquetReadOptions.builder().build());
    MessageType all = reader.getFileMetaData().getSchema();
    if (!all.containsField(column) || !all.getType(column).isPrimitive()) {
      reader.close();
      throw new IOException("The file %s has no column %s of bytes.".formatted(file, column));
    }
    schema = new MessageType(all.getName(), all.getType(column));
    reader.setRequestedSchema(schema);
    groups = List.copyOf(reader.getRowGroups()).iterator();
  }

  /**
   * Reads the bytes of a row.
   *
   * @param file a URI, encoded as Spark gives it
   * @param row counted from the file's beginning
   * @throws IOException if there are none
   */
  static synchronized byte[] read(String file, String column, long row) throws IOException {
    try {
      if (open == null || !open.reaches(file, column, row)) {
        close();
        open = new ParquetContent(file, column);
      }
      return open.content(row)
          .orElseThrow(
              () -> new IOException("Its row has nothing in the column %s.".formatted(column)));
    } catch (RuntimeException e) { // Parquet's own, of which some are thrown for damaged pages
      close();
      throw new IOException("The Parquet file %s is damaged: %s.".formatted(file, e), e);
    }
  }

  private static void close() throws IOException {
    if (open != null) {
      open.reader.close();
      open = null;
    }
  }

  private boolean reaches(String otherFile, String otherColumn, long row) {
    return file.equals(otherFile)
        && column.equals(otherColumn)
        && (row >= next || passed.containsKey(row));
  }

  private Optional<byte[]> content(long row) throws IOException {
    while (next <= row) {
      if (next == endOfGroup) {
        nextGroup(row);
      } else {
        pass(rows.read());
      }
    }
    return passed.get(row);
  }

  /** Opens the next row group, or leaves it out if the row is behind it. */
  private void nextGroup(long row) throws IOException {
    if (!groups.hasNext()) {
      throw new IOException("The file %s has %,d rows now.".formatted(file, next));
    }
    long count = groups.next().getRowCount();
    endOfGroup = next + count;
    if (row >= endOfGroup) {
      reader.skipNextRowGroup();
      next = endOfGroup;
    } else {
      PageReadStore pages = reader.readNextRowGroup();
      rows =
          new ColumnIOFactory()
              .getColumnIO(schema)
              .getRecordReader(pages, new GroupRecordConverter(schema));
    }
  }

  private void pass(Group row) {
    Optional<byte[]> content =
        row.getFieldRepetitionCount(0) == 0
            ? Optional.empty()
            : Optional.of(row.getBinary(0, 0).getBytes());
    passed.put(next, content);
    passedBytes += content.map(bytes -> bytes.length).orElse(0);
    next++;
    Iterator<Optional<byte[]>> oldest = passed.values().iterator();
    while (passed.size() > MOST_PASSED || (passedBytes > MOST_PASSED_BYTES && passed.size() > 1)) {
      passedBytes -= oldest.next().map(bytes -> bytes.length).orElse(0);
      oldest.remove();
    }
  }
}
