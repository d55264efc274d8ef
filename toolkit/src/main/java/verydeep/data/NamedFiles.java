package verydeep.data;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import verydeep.VerydeepException;

/**
 * The files of an {@link ImageBytes} as a file system that can only be read: what takes a path
 * takes them too. The files are either those that a list names, in the folders that their names
 * tell, or any for which the source is asked, which no folder lists.
 */
final class NamedFiles extends FileSystem {

  private final ImageBytes source;

  /** What all names begin with; empty, or it ends with a slash. */
  private final String root;

  /** Names without the root; null if any may be asked for. */
  private final NavigableSet<String> names;

  private NamedFiles(ImageBytes source, String root, NavigableSet<String> names) {
    this.source = Objects.requireNonNull(source, "source");
    this.root = root;
    this.names = names;
  }

  /** Any file that the source is asked for. */
  NamedFiles(ImageBytes source) {
    this(source, "", null);
  }

  /** Returns the folder of the files whose names begin with a root. */
  static Path folder(ImageBytes source, String root, Collection<String> names) {
    String folder = root.isEmpty() || root.endsWith("/") ? root : root + "/";
    NavigableSet<String> inside = new TreeSet<>();
    for (String name : names) {
      if (name.startsWith(folder) && !name.endsWith("/")) {
        inside.add(name.substring(folder.length()));
      }
    }
    if (inside.isEmpty()) {
      throw new VerydeepException(
          names.isEmpty()
              ? "No names of files are given, so there is none in \"" + root + "\"."
              : "None of the %,d names is in \"%s\"; the first is %s."
                  .formatted(names.size(), root, names.iterator().next()));
    }
    return new NamedPath(new NamedFiles(source, folder, inside), true, "");
  }

  /** Returns the path of a file. */
  Path file(String name) {
    return new NamedPath(this, true, Objects.requireNonNull(name, "name"));
  }

  List<Path> files(List<String> all) {
    return all.stream().map(this::file).toList();
  }

  String root() {
    return root;
  }

  /** Asks the source for a file. */
  byte[] read(String name) throws IOException {
    byte[] bytes;
    try {
      bytes = source.read(name);
    } catch (VerydeepException | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new VerydeepException("The source of " + name + " has failed: " + e, e);
    }
    if (bytes == null) {
      throw new NoSuchFileException(name, null, "Its source has no such file.");
    }
    return bytes;
  }

  boolean isFile(NamedPath path) {
    return names == null ? !path.inner().isEmpty() : names.contains(path.inner());
  }

  boolean isFolder(NamedPath path) {
    if (path.inner().isEmpty()) {
      return true;
    }
    String first = names == null ? null : names.ceiling(path.inner() + "/");
    return first != null && first.startsWith(path.inner() + "/");
  }

  /** Returns what is in a folder, each once. */
  List<Path> content(NamedPath folder) {
    Set<Path> content = new LinkedHashSet<>();
    String within = folder.inner().isEmpty() ? "" : folder.inner() + "/";
    String next = names == null ? null : names.ceiling(within);
    while (next != null && next.startsWith(within)) {
      int end = next.indexOf('/', within.length());
      String child = end < 0 ? next : next.substring(0, end);
      content.add(new NamedPath(this, true, child));
      next = end < 0 ? names.higher(next) : names.ceiling(child + (char) ('/' + 1));
    }
    return new ArrayList<>(content);
  }

  @Override
  public FileSystemProvider provider() {
    return NamedFilesProvider.ONLY;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("Files given by name are not closed.");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(new NamedPath(this, true, ""));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  @Override
  public Path getPath(String first, String... more) {
    String text = more.length == 0 ? first : first + "/" + String.join("/", more);
    return !root.isEmpty() && text.startsWith(root)
        ? new NamedPath(this, true, text.substring(root.length()))
        : new NamedPath(this, false, text);
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    throw new UnsupportedOperationException("Files given by name are not matched by patterns.");
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("Files given by name have no owners.");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("Files given by name are not watched.");
  }

  /** The source and the root. */
  @Override
  public String toString() {
    return (root.isEmpty() ? "files" : root) + " of " + source;
  }
}
