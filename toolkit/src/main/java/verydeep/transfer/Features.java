package verydeep.transfer;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.data.Images;

/** Vectors that stand for pictures, with the pictures' files and classes. */
public final class Features {

  private final String network;
  private final String protocol;
  private final List<String> classes;
  private final List<Path> files;
  private final int[] labels;
  private final List<float[]> vectors;
  private final double seconds;
  private final String arithmetic;

  Features(
      String network,
      String protocol,
      Images images,
      List<float[]> vectors,
      double seconds,
      String arithmetic) {
    this(
        network,
        protocol,
        images.classes(),
        IntStream.range(0, images.size()).mapToObj(images::file).toList(),
        IntStream.range(0, images.size()).map(images::label).toArray(),
        vectors,
        seconds,
        arithmetic);
  }

  private Features(
      String network,
      String protocol,
      List<String> classes,
      List<Path> files,
      int[] labels,
      List<float[]> vectors,
      double seconds,
      String arithmetic) {
    this.arithmetic = arithmetic;
    this.network = network;
    this.protocol = protocol;
    this.classes = List.copyOf(classes);
    this.files = List.copyOf(files);
    this.labels = labels;
    this.vectors = List.copyOf(vectors);
    this.seconds = seconds;
  }

  /**
   * How many pictures there are.
   *
   * @return vectors
   */
  public int size() {
    return vectors.size();
  }

  /**
   * How long each vector is.
   *
   * @return numbers a picture
   */
  public int dimension() {
    return vectors.isEmpty() ? 0 : vectors.get(0).length;
  }

  /**
   * The vector of a picture.
   *
   * @param index the picture's
   * @return a copy of the numbers
   */
  public float[] vector(int index) {
    return vectors.get(index).clone();
  }

  /**
   * The class of a picture.
   *
   * @param index the picture's
   * @return the class's index
   */
  public int label(int index) {
    return labels[index];
  }

  /**
   * The file of a picture.
   *
   * @param index the picture's
   * @return its path
   */
  public Path file(int index) {
    return files.get(index);
  }

  /**
   * The names of the classes.
   *
   * @return the names
   */
  public List<String> classes() {
    return classes;
  }

  /**
   * Whose responses the vectors are.
   *
   * @return layer and network
   */
  public String network() {
    return network;
  }

  /**
   * How the pictures were looked at.
   *
   * @return view and scales
   */
  public String protocol() {
    return protocol;
  }

  /**
   * How long the extraction took.
   *
   * @return seconds
   */
  public double seconds() {
    return seconds;
  }

  /**
   * Which arithmetic ran in the forward passes.
   *
   * @return such as {@code DJL's PyTorch} or {@code F(4x4, 3x3) on vectors of 512 bits, 2 threads}
   */
  public String arithmetic() {
    return arithmetic;
  }

  /** Some of the pictures. */
  Features subset(int... indices) {
    return new Features(
        network,
        protocol,
        classes,
        IntStream.of(indices).mapToObj(files::get).toList(),
        IntStream.of(indices).map(i -> labels[i]).toArray(),
        IntStream.of(indices).mapToObj(vectors::get).toList(),
        seconds,
        arithmetic);
  }

  /** Without a copy, for the inner loops. */
  float[] shared(int index) {
    return vectors.get(index);
  }

  /** How many vectors, how long, of what. */
  @Override
  public String toString() {
    return size() + " vectors of " + dimension() + " numbers: " + network + ", " + protocol;
  }
}
