package verydeep.spark;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.DataInputBuffer;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.WritableUtils;
import org.apache.hadoop.io.compress.CompressionCodec;

/**
 * The records of an open sequence file. Hadoop reads its header; records are read here, since
 * Hadoop trusts the lengths in them and allocates what they say.
 */
final class SequenceRecords implements AutoCloseable {

  /** A record begins with it, in place of a length, if 16 bytes to find it by come before. */
  private static final int SYNC = -1;

  private static final int SYNC_BYTES = 16;

  private final String file;
  private final long begin;
  private final long length;
  private final CompressionCodec codec;
  private final FSDataInputStream in;

  SequenceRecords(String uri) throws IOException {
    file = uri;
    Path path = new Path(uri);
    Configuration settings = HadoopFiles.settings();
    FileSystem files = path.getFileSystem(settings);
    length = files.getFileStatus(path).getLen();
    try (SequenceFile.Reader header =
        new SequenceFile.Reader(settings, SequenceFile.Reader.file(path))) {
      check(header);
      begin = header.getPosition();
      codec = header.isCompressed() ? header.getCompressionCodec() : null;
    } catch (RuntimeException | OutOfMemoryError | EOFException e) {
      throw damaged("its header cannot be read: " + e, e);
    }
    in = files.open(path);
  }

  private void check(SequenceFile.Reader header) throws IOException {
    String kinds = header.getKeyClassName() + " and " + header.getValueClassName();
    String wanted = Text.class.getName() + " and " + BytesWritable.class.getName();
    if (!kinds.equals(wanted)) {
      throw new IOException(
          "The sequence file %s holds %s; it must be %s.".formatted(file, kinds, wanted));
    }
    if (header.isBlockCompressed()) {
      throw new IOException(
          ("The sequence file %s is compressed by block, so that no image can be read alone. Write"
                  + " it with CompressionType.NONE: image files are compressed already.")
              .formatted(file));
    }
  }

  /** Where the first record begins. */
  long begin() {
    return begin;
  }

  boolean isEnd(long at) {
    return at >= length;
  }

  /**
   * A record's place, and the name that is its key.
   *
   * @param name the key
   * @param value where the value begins
   * @param end where the next record begins
   */
  record Found(String name, long value, long end) {}

  /** Reads the key of the record at a place. */
  Found found(long at) throws IOException {
    in.seek(at);
    long whole = number(at);
    if (whole == SYNC) {
      in.skipNBytes(Math.min(SYNC_BYTES, length - in.getPos()));
      whole = number(at);
    }
    long key = number(at);
    long value = in.getPos() + key;
    long end = in.getPos() + whole;
    if (key < 1 || key > whole || end > length || key > 4 * Listing.MOST_CHARACTERS) {
      throw damaged(
          "the record at byte %,d has a key of %,d of %,d bytes".formatted(at, key, whole), null);
    }
    byte[] bytes = new byte[(int) key];
    in.readFully(bytes);
    return new Found(text(bytes, at), value, end);
  }

  private int number(long at) throws IOException {
    if (length - in.getPos() < Integer.BYTES) {
      throw damaged("it is cut off in the record at byte %,d".formatted(at), null);
    }
    return in.readInt();
  }

  private String text(byte[] bytes, long at) throws IOException {
    DataInputBuffer from = new DataInputBuffer();
    from.reset(bytes, bytes.length);
    int count = WritableUtils.readVInt(from);
    if (count != bytes.length - from.getPosition()) {
      throw damaged("the record at byte %,d has a key that is no text".formatted(at), null);
    }
    try {
      return Text.decode(bytes, from.getPosition(), count);
    } catch (CharacterCodingException e) {
      throw damaged("the record at byte %,d has a key that is no UTF-8".formatted(at), e);
    }
  }

  /** Reads the bytes that are the value of the record at a place. */
  byte[] content(long at) throws IOException {
    Found found = found(at);
    in.seek(found.value());
    long stored = found.end() - found.value();
    if (codec == null) {
      return value(in, stored - Integer.BYTES);
    }
    try (InputStream open = codec.createInputStream(new Bounded(in, stored))) {
      return value(open, ImagePlaces.MOST_BYTES);
    }
  }

  private byte[] value(InputStream from, long most) throws IOException {
    int count = new DataInputStream(from).readInt();
    if (count < 0 || count > Math.min(most, ImagePlaces.MOST_BYTES)) {
      throw damaged(
          "a record says that its image has %,d bytes, of %,d at most".formatted(count, most),
          null);
    }
    byte[] content = from.readNBytes(count);
    if (content.length < count) {
      throw damaged(
          "a record has %,d bytes of an image of %,d".formatted(content.length, count), null);
    }
    return content;
  }

  private IOException damaged(String what, Throwable cause) {
    return new IOException("The sequence file %s is damaged: %s.".formatted(file, what), cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** The bytes of one value, so that no decompressor reads into the next record. */
  private static final class Bounded extends InputStream {

    private final InputStream from;
    private long left;

    Bounded(InputStream from, long left) {
      this.from = from;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      int read = left > 0 ? from.read() : -1;
      left -= read < 0 ? left : 1;
      return read;
    }

    @Override
    public int read(byte[] to, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      int read = left > 0 ? from.read(to, offset, (int) Math.min(count, left)) : -1;
      left -= read < 0 ? left : read;
      return read;
    }
  }
}
