package verydeep.data;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@link java.nio.file.Files} does with a {@link NamedPath}. */
final class NamedFilesProvider extends FileSystemProvider {

  static final String SCHEME = "verydeep-names";
  static final NamedFilesProvider ONLY = new NamedFilesProvider();

  private NamedFilesProvider() {}

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (options.stream().anyMatch(option -> option != StandardOpenOption.READ)) {
      throw new ReadOnlyFileSystemException();
    }
    NamedPath file = existing(path);
    if (!file.files().isFile(file)) {
      throw new IOException(path + " is a folder.");
    }
    return new ByteArrayChannel(file.bytes());
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    NamedPath known = existing(folder);
    if (!known.files().isFolder(known)) {
      throw new NotDirectoryException(folder.toString());
    }
    List<Path> all = known.files().content(known);
    for (Iterator<Path> content = all.iterator(); content.hasNext(); ) {
      if (!filter.accept(content.next())) {
        content.remove();
      }
    }
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return all.iterator();
      }

      @Override
      public void close() {}
    };
  }

  private static NamedPath existing(Path path) throws IOException {
    NamedPath known = (NamedPath) path.toAbsolutePath();
    if (!known.files().isFile(known) && !known.files().isFolder(known)) {
      throw new NoSuchFileException(path.toString());
    }
    return known;
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    existing(path);
    if (List.of(modes).contains(AccessMode.WRITE)) {
      throw new AccessDeniedException(path.toString(), null, "It can only be read.");
    }
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class) {
      throw new UnsupportedOperationException("Files given by name have basic attributes only.");
    }
    return type.cast(new NamedFileAttributes(existing(path)));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException("Files given by name have no attributes by name.");
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public boolean isSameFile(Path path, Path other) {
    return path.toAbsolutePath().equals(other.toAbsolutePath());
  }

  @Override
  public boolean isHidden(Path path) {
    Path name = path.getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
    throw new UnsupportedOperationException("An ImageBytes gives files by name, no URI does.");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException("An ImageBytes gives files by name, no URI does.");
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException("An ImageBytes gives files by name, no URI does.");
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException("Files given by name have no file store.");
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public void delete(Path path) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) {
    throw new ReadOnlyFileSystemException();
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw new ReadOnlyFileSystemException();
  }
}
