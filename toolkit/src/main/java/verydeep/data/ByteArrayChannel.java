package verydeep.data;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** The content of a file in memory, to be read. */
final class ByteArrayChannel implements SeekableByteChannel {

  private final byte[] content;
  private long position;
  private boolean closed;

  ByteArrayChannel(byte[] content) {
    this.content = content;
  }

  @Override
  public int read(ByteBuffer into) throws ClosedChannelException {
    check();
    if (position >= content.length) {
      return -1;
    }
    int count = Math.min(into.remaining(), content.length - (int) position);
    into.put(content, (int) position, count);
    position += count;
    return count;
  }

  @Override
  public long position() throws ClosedChannelException {
    check();
    return position;
  }

  @Override
  public SeekableByteChannel position(long place) throws ClosedChannelException {
    check();
    if (place < 0) {
      throw new IllegalArgumentException("A channel has no position " + place + ".");
    }
    position = place;
    return this;
  }

  @Override
  public long size() throws ClosedChannelException {
    check();
    return content.length;
  }

  private void check() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
