package verydeep.internal.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder in which one process at a time keeps long work. While it is open it holds a lock on the
 * file {@code lock} in it, which the system lets go of when the process ends, however it ends.
 */
public final class WorkFolder implements AutoCloseable {

  private final Path folder;
  private final RandomAccessFile lock;

  private WorkFolder(Path folder, RandomAccessFile lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens a folder, which is made if it is not there, and deletes what a killed process left
   * half-written of the files that {@link AtomicFile} writes.
   *
   * @param folder the folder
   * @param names a pattern of the names of the files that are kept there
   * @return the folder
   * @throws IOException if it cannot be written to, or is open already, here or in another process;
   *     the message says which
   */
  public static WorkFolder open(Path folder, String names) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileSystemException e) {
      throw new IOException(e.toString(), e); // its message is the path alone
    }
    RandomAccessFile lock = new RandomAccessFile(folder.resolve("lock").toFile(), "rw");
    WorkFolder opened = new WorkFolder(folder, lock);
    try {
      if (lock.getChannel().tryLock() == null) {
        throw new OverlappingFileLockException();
      }
      for (Path file : opened.files("(" + names + ")\\.[0-9a-f]+\\.part")) {
        Files.deleteIfExists(file);
      }
      return opened;
    } catch (OverlappingFileLockException e) {
      opened.close();
      throw new IOException("another is at work there", e);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * A file in it.
   *
   * @param name its name
   * @return its path
   */
  public Path resolve(String name) {
    return folder.resolve(name);
  }

  /**
   * Files that are there.
   *
   * @param pattern of the whole name
   * @return their paths, sorted by name
   * @throws IOException if the folder cannot be read
   */
  public List<Path> files(String pattern) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  /** Lets go of the lock. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // nothing was written through it
    }
  }

  /** The path. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
