package verydeep.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What is known of a file that is given by name: not when it was changed, and its size only once it
 * is read.
 *
 * @param path a file or folder
 */
record NamedFileAttributes(NamedPath path) implements BasicFileAttributes {

  private static final FileTime UNKNOWN = FileTime.fromMillis(0);

  @Override
  public FileTime lastModifiedTime() {
    return UNKNOWN;
  }

  @Override
  public FileTime lastAccessTime() {
    return UNKNOWN;
  }

  @Override
  public FileTime creationTime() {
    return UNKNOWN;
  }

  @Override
  public boolean isRegularFile() {
    return path.files().isFile(path);
  }

  @Override
  public boolean isDirectory() {
    return !isRegularFile();
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    try {
      return isRegularFile() ? path.bytes().length : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object fileKey() {
    return null;
  }
}
