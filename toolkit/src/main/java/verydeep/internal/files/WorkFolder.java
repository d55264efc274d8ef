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
 * A folder in which one process at a time keeps long-running work. While it is open it holds a lock
 * on the file {@code lock} in it, which the system releases when the process ends for any reason.
 */
public final class WorkFolder implements AutoCloseable {

  private final Path folder;
  private final RandomAccessFile lock;

  private WorkFolder(Path folder, RandomAccessFile lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens a folder, creating it if it is missing, and deletes the partial files of {@link
   * AtomicFile} that a killed process left.
   *
   * @param folder the folder
   * @param names a pattern of the names of the files kept there
   * @return the folder
   * @throws IOException if it cannot be written to, or is already open, in this or another process;
   *     the message says which
   */
  public static WorkFolder open(Path folder, String names) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileSystemException e) {
      throw new IOException(e.toString(), e); // its message is only the path
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
      throw new IOException("another run is using it.", e);
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Returns the path of a file in the folder.
   *
   * @param name the file's name
   * @return its path
   */
  public Path resolve(String name) {
    return folder.resolve(name);
  }

  /**
   * Returns the files in the folder that match a pattern.
   *
   * @param pattern a pattern of the whole name
   * @return their paths, sorted by name
   * @throws IOException if the folder cannot be read
   */
  public List<Path> files(String pattern) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
  }

  /** Releases the lock. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // nothing was written through it
    }
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
