package verydeep.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Where the images of a set come from, in order: files, or names and what gives their bytes. */
sealed interface Origin {

  /** Returns how many there are. */
  int size();

  /** Returns what messages and {@link ImageBytes} call an image. */
  String name(int i);

  /** Returns the file of an image, or its name as a path. */
  Path file(int i);

  /** Returns the content of an image file. */
  byte[] bytes(int i);

  /** Decodes an image. */
  RgbImage image(int i);

  /** Returns the images with these indices. */
  Origin subset(int... indices);

  /** Returns the same names, whose bytes come from elsewhere. */
  default Origin from(ImageBytes source) {
    return new ByName(IntStream.range(0, size()).mapToObj(this::name).toList(), source);
  }

  /** Files of any file system. */
  record OnDisk(List<Path> files) implements Origin {

    public OnDisk {
      files = List.copyOf(files);
    }

    @Override
    public int size() {
      return files.size();
    }

    /** With the separators that names have everywhere. */
    @Override
    public String name(int i) {
      Path file = files.get(i);
      return file.toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    @Override
    public Path file(int i) {
      return files.get(i);
    }

    @Override
    public byte[] bytes(int i) {
      return ImageContent.of(files.get(i));
    }

    @Override
    public RgbImage image(int i) {
      return RgbImage.read(files.get(i));
    }

    @Override
    public Origin subset(int... indices) {
      return new OnDisk(Arrays.stream(indices).mapToObj(files::get).toList());
    }
  }

  /** Names of any kind. */
  record ByName(List<String> names, ImageBytes source) implements Origin {

    public ByName {
      names = List.copyOf(names);
      Objects.requireNonNull(source, "source");
    }

    @Override
    public int size() {
      return names.size();
    }

    @Override
    public String name(int i) {
      return names.get(i);
    }

    @Override
    public Path file(int i) {
      try {
        return Path.of(names.get(i));
      } catch (InvalidPathException e) { // such as a URI on Windows
        return Path.of(names.get(i).replaceAll("[\\x00-\\x1f<>:\"|?*]", "_"));
      }
    }

    @Override
    public byte[] bytes(int i) {
      return ImageContent.of(names.get(i), source);
    }

    @Override
    public RgbImage image(int i) {
      return Decoding.read(bytes(i), names.get(i));
    }

    @Override
    public Origin subset(int... indices) {
      return new ByName(Arrays.stream(indices).mapToObj(names::get).toList(), source);
    }
  }
}
