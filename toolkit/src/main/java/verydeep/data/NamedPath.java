package verydeep.data;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;

/**
 * The path of a file that an {@link ImageBytes} gives. Its text is the file's name to the letter,
 * so that a URI stays one; slashes separate its parts, of which none has a special meaning. Paths
 * with one text are equal, whatever gives their content: results of one set of images compare
 * wherever these were read.
 */
final class NamedPath implements Path {

  private static final char SLASH = '/';

  private final NamedFiles files;
  private final boolean absolute;

  /** All of a relative path; of an absolute one what follows the root. */
  private final String inner;

  NamedPath(NamedFiles files, boolean absolute, String inner) {
    this.files = files;
    this.absolute = absolute;
    this.inner = inner;
  }

  /** Returns the content of the file. */
  byte[] bytes() throws IOException {
    return files.read(toString());
  }

  NamedFiles files() {
    return files;
  }

  String inner() {
    return inner;
  }

  private String[] parts() {
    return inner.isEmpty() && absolute ? new String[0] : inner.split("/", -1);
  }

  private NamedPath relative(String text) {
    return new NamedPath(files, false, text);
  }

  @Override
  public FileSystem getFileSystem() {
    return files;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public Path getRoot() {
    return absolute ? new NamedPath(files, true, "") : null;
  }

  @Override
  public Path getFileName() {
    return inner.isEmpty() && absolute
        ? null
        : relative(inner.substring(inner.lastIndexOf(SLASH) + 1));
  }

  @Override
  public Path getParent() {
    int slash = inner.lastIndexOf(SLASH);
    if (slash >= 0) {
      return new NamedPath(files, absolute, inner.substring(0, slash));
    }
    return inner.isEmpty() ? null : getRoot();
  }

  @Override
  public int getNameCount() {
    return parts().length;
  }

  @Override
  public Path getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public Path subpath(int from, int to) {
    String[] parts = parts();
    if (from < 0 || from >= to || to > parts.length) {
      throw new IllegalArgumentException(
          "%s has %d parts; those from %d to %d were asked for."
              .formatted(this, parts.length, from, to));
    }
    return relative(String.join("/", Arrays.copyOfRange(parts, from, to)));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof NamedPath that
        && absolute == that.absolute
        && (toString() + SLASH).startsWith(that.asFolder());
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof NamedPath that
        && (that.absolute ? equals(that) : (SLASH + inner).endsWith(SLASH + that.inner));
  }

  /** Returns what the texts of all files in this folder begin with. */
  private String asFolder() {
    return inner.isEmpty() ? toString() : toString() + SLASH;
  }

  @Override
  public Path normalize() {
    return this;
  }

  @Override
  public Path resolve(Path other) {
    NamedPath that = checked(other);
    if (that.absolute || inner.isEmpty()) {
      return that.absolute ? that : new NamedPath(files, absolute, that.inner);
    }
    return that.inner.isEmpty() ? this : new NamedPath(files, absolute, inner + SLASH + that.inner);
  }

  @Override
  public Path relativize(Path other) {
    NamedPath that = checked(other);
    if (equals(that)) {
      return relative("");
    }
    if (absolute != that.absolute || !that.toString().startsWith(asFolder())) {
      throw new IllegalArgumentException(other + " is not in " + this + ".");
    }
    return relative(that.toString().substring(asFolder().length()));
  }

  private static NamedPath checked(Path other) {
    if (other instanceof NamedPath that) {
      return that;
    }
    throw new ProviderMismatchException(other + " is a path of another file system.");
  }

  @Override
  public URI toUri() {
    try {
      return new URI(NamedFilesProvider.SCHEME, null, "/" + toAbsolutePath(), null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Path toAbsolutePath() {
    return absolute ? this : new NamedPath(files, true, inner);
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    files.provider().checkAccess(this);
    return toAbsolutePath();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("Files given by name are not watched.");
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(checked(other).toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedPath that
        && absolute == that.absolute
        && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The file's name, of a relative path that part of it. */
  @Override
  public String toString() {
    return absolute ? files.root() + inner : inner;
  }
}
