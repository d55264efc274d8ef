package verydeep.weights;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import verydeep.FileException;

/**
 * Downloads a file: first into a part file next to it, which a later attempt resumes; then the hash
 * is checked; then the part is renamed. A lock file keeps other processes out.
 */
final class Download {

  /** More than any published file has, so that an endless response is cut off. */
  private static final long LARGEST = 1L << 30;

  /** The number of successive attempts at one source that make less progress than {@link #STEP}. */
  private static final int ATTEMPTS = 4;

  private static final long STEP = 1 << 16;

  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  private final PublishedWeights published;
  private final List<URI> sources;
  private final Path file;
  private final Path part;
  private final Progress progress;
  private final Transfer transfer;
  private final long pauseMillis;

  Download(
      PublishedWeights published, List<URI> sources, Path file, Duration timeout, boolean quiet) {
    this.published = published;
    this.sources = sources;
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.progress = new Progress(published.file(), System.out, quiet);
    long most = published.bytes() > 0 ? published.bytes() : LARGEST;
    this.pauseMillis = timeout.toMillis() / 100;
    this.transfer = new Transfer(part, most, timeout, progress);
  }

  Path run() {
    try {
      ONE_AT_A_TIME.lockInterruptibly();
      try {
        alone();
      } finally {
        ONE_AT_A_TIME.unlock();
        progress.end();
      }
    } catch (InterruptedException | FileLockInterruptionException | ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
      throw new FileException(
          file, "The download was interrupted. The next one resumes where it stopped.", e);
    } catch (IOException e) {
      throw unwritable(part, e);
    }
    return file;
  }

  /** Returns the exception for a folder that is full or cannot be written to. */
  static FileException unwritable(Path part, IOException e) {
    return new FileException(
        part,
        "It cannot be written ("
            + e
            + "). Free some space, or name another folder in the environment variable"
            + " VERYDEEP_CACHE.",
        e);
  }

  private void alone() throws IOException, InterruptedException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path lock = file.resolveSibling(file.getFileName() + ".lock");
    try (RandomAccessFile opened = new RandomAccessFile(lock.toFile(), "rw");
        FileLock held = lock(opened.getChannel())) {
      if (!held.isValid() || !Files.isRegularFile(file)) {
        fromAnySource();
      }
    }
  }

  private FileLock lock(FileChannel channel) throws IOException {
    FileLock held = channel.tryLock();
    if (held == null) {
      progress.say("another process is downloading it; waiting");
      held = channel.lock();
    }
    return held;
  }

  private void fromAnySource() throws IOException, InterruptedException {
    StringBuilder reasons = new StringBuilder();
    for (URI source : sources) {
      IOException failure = from(source);
      if (failure == null) {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return;
      }
      reasons.append("\n  ").append(source).append(": ").append(reason(failure));
    }
    throw new FileException(
        file,
        "The file is missing and could not be downloaded. Put the file \""
            + published.file()
            + "\" ("
            + published.hash()
            + ") there by hand, or name a mirror. Tried:"
            + reasons);
  }

  private static String reason(IOException failure) {
    if (failure instanceof ConnectException) {
      return "There is no connection to this host (" + failure + ").";
    }
    return failure instanceof Refused ? failure.getMessage() : failure.toString();
  }

  /** Tries a source; returns why it failed, or null on success. The hash alone decides. */
  private IOException from(URI source) throws IOException, InterruptedException {
    IOException failure = null;
    long most = size();
    boolean anew = false;
    for (int fruitless = 0; fruitless < ATTEMPTS; fruitless++) {
      Thread.sleep(fruitless * pauseMillis);
      long before = size();
      try {
        receive(source);
        failure = null;
      } catch (Refused e) {
        return e;
      } catch (IOException e) {
        failure = e;
      }
      String other = size() == 0 ? "none" : otherThanWanted();
      if (other == null) {
        return null;
      }
      if (failure == null) {
        failure = new Refused("It sends a different file: " + other);
        Files.deleteIfExists(part);
        if (before == 0 || anew) {
          return failure;
        }
        anew = true; // they may have been appended to the part of another file
        most = 0;
        fruitless = -1;
      }
      if (size() >= most + STEP) {
        most = size();
        fruitless = -1;
      }
    }
    return failure;
  }

  private void receive(URI source) throws IOException, InterruptedException {
    if ("file".equalsIgnoreCase(source.getScheme())) {
      copy(source);
    } else {
      transfer.run(source);
    }
  }

  private void copy(URI source) throws IOException {
    Path given;
    try {
      given = Path.of(source);
    } catch (IllegalArgumentException e) {
      throw new Refused("It is not a path: " + e.getMessage() + ".");
    }
    if (!Files.isRegularFile(given)) {
      throw new Refused("It is not a file.");
    }
    Files.deleteIfExists(part);
    Files.copy(given, part, StandardCopyOption.REPLACE_EXISTING);
  }

  private long size() throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** Returns how the part differs from the published file, or null if it does not. */
  private String otherThanWanted() throws IOException {
    String algorithm = published.hash().substring(0, published.hash().indexOf(' '));
    String wanted = published.hash().substring(algorithm.length() + 1);
    String given;
    try (InputStream in =
        new FileInputStream(part.toFile())) { // an interrupt does not stop it halfway
      DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance(algorithm));
      digested.transferTo(OutputStream.nullOutputStream());
      given = HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    return given.startsWith(wanted)
        ? null
        : size() + " with " + algorithm + " " + given + ", not " + wanted + ".";
  }
}
