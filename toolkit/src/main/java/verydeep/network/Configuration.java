package verydeep.network;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import verydeep.VerydeepException;

/**
 * The ConvNet configurations of the paper (Table 1) in the table's own notation: one string for
 * each of the five blocks that end with max-pooling. {@code conv3-64} is a 3x3 convolution with 64
 * channels; every convolution is followed by a ReLU, omitted for brevity as in the table. All of
 * them continue with {@code FC-4096}, {@code FC-4096}, {@code FC-1000}.
 */
public enum Configuration {
  /** 11 weight layers. */
  A("conv3-64", "conv3-128", "conv3-256 conv3-256", "conv3-512 conv3-512", "conv3-512 conv3-512"),

  /** A with local response normalization after its first layer: 11 weight layers. */
  A_LRN(
      "conv3-64 LRN",
      "conv3-128",
      "conv3-256 conv3-256",
      "conv3-512 conv3-512",
      "conv3-512 conv3-512"),

  /** 13 weight layers. */
  B(
      "conv3-64 conv3-64",
      "conv3-128 conv3-128",
      "conv3-256 conv3-256",
      "conv3-512 conv3-512",
      "conv3-512 conv3-512"),

  /** B with a 1x1 convolution at the end of blocks 3, 4, and 5: 16 weight layers. */
  C(
      "conv3-64 conv3-64",
      "conv3-128 conv3-128",
      "conv3-256 conv3-256 conv1-256",
      "conv3-512 conv3-512 conv1-512",
      "conv3-512 conv3-512 conv1-512"),

  /** 16 weight layers: commonly called VGG-16. */
  D(
      "conv3-64 conv3-64",
      "conv3-128 conv3-128",
      "conv3-256 conv3-256 conv3-256",
      "conv3-512 conv3-512 conv3-512",
      "conv3-512 conv3-512 conv3-512"),

  /** 19 weight layers: commonly called VGG-19. */
  E(
      "conv3-64 conv3-64",
      "conv3-128 conv3-128",
      "conv3-256 conv3-256 conv3-256 conv3-256",
      "conv3-512 conv3-512 conv3-512 conv3-512",
      "conv3-512 conv3-512 conv3-512 conv3-512"),

  /**
   * The shallow net of section 4.1, which is not in Table 1: B with one 5x5 convolution in place of
   * each pair of 3x3 ones; the same receptive field with 8 weight layers.
   */
  B_5X5("conv5-64", "conv5-128", "conv5-256", "conv5-512", "conv5-512");

  private static final Pattern SPACE = Pattern.compile(" ");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> blocks;

  Configuration(String... blocks) {
    this.blocks = List.of(blocks);
  }

  /**
   * Returns the columns of Table 1.
   *
   * @return A, A-LRN, B, C, D, E
   */
  public static List<Configuration> table1() {
    return List.of(A, A_LRN, B, C, D, E);
  }

  /**
   * Returns the configuration of a name.
   *
   * @param name as the paper writes it, such as {@code A-LRN}, or as Java does, {@code A_LRN}; in
   *     capitals or not
   * @return the configuration
   * @throws VerydeepException if there is none; the message lists them
   */
  public static Configuration of(String name) {
    return Arrays.stream(values())
        .filter(one -> one.name().equalsIgnoreCase(name.replace('-', '_')))
        .findFirst()
        .orElseThrow(
            () ->
                new VerydeepException(
                    "There is no network \"%s\"; there are %s."
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Configuration::label)
                                .collect(Collectors.joining(", ")))));
  }

  /**
   * Returns the five blocks in the notation of Table 1.
   *
   * @return one string per block, such as {@code conv3-256 conv3-256 conv1-256}
   */
  public List<String> blocks() {
    return blocks;
  }

  /**
   * Returns the number of layers with weights, as Table 1 counts them: convolutions and the three
   * fully connected layers.
   *
   * @return 11 for A, up to 19 for E; 8 for the shallow net
   */
  public int weightLayers() {
    long convolutions =
        blocks.stream().flatMap(SPACE::splitAsStream).filter(w -> w.startsWith("conv")).count();
    return (int) convolutions + 3;
  }

  /**
   * Returns the name as the paper writes it.
   *
   * @return {@code A-LRN} for {@link #A_LRN}, {@code B-5x5} for {@link #B_5X5}, otherwise the
   *     letter
   */
  public String label() {
    return this == B_5X5 ? "B-5x5" : name().replace('_', '-');
  }

  /** Returns the units of one block, parsed from the table's notation. */
  List<Unit> units(int block) {
    return SPACE.splitAsStream(blocks.get(block)).map(Unit::parse).toList();
  }

  /** One entry of the table: a convolution, or the normalization ({@code kernel} 0). */
  record Unit(int kernel, int channels) {

    static Unit parse(String word) {
      if (word.equals("LRN")) {
        return new Unit(0, 0);
      }
      int dash = word.indexOf('-');
      return new Unit(
          Integer.parseInt(word.substring("conv".length(), dash)),
          Integer.parseInt(word.substring(dash + 1)));
    }

    boolean isNormalization() {
      return kernel == 0;
    }
  }
}
