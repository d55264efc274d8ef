package verydeep.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Vgg;

/**
 * Files of one format that are well made but for one trick, whose sizes and places are drawn. None
 * of them may load as a whole network, but for those whose names say that they are harmless.
 */
abstract class Hostile {

  static final String HARMLESS = "harmless: ";

  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    0x7f,
    0xff,
    0xffff,
    1L << 31,
    (1L << 31) - 1,
    1L << 32,
    0xffffffffL,
    1L << 40,
    1L << 61,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 7
  };

  /** Builds a file. */
  @FunctionalInterface
  interface Trick {
    byte[] build(SplittableRandom random);
  }

  private final Map<String, Trick> tricks = new LinkedHashMap<>();

  static Hostile of(String format) {
    return switch (format) {
      case "safetensors" -> new HostileSafetensors();
      case "pth-zip" -> new HostileTorchZip();
      case "pth-legacy" -> new HostileTorchLegacy();
      case "caffemodel-v1" -> new HostileCaffe(false);
      case "caffemodel-v2" -> new HostileCaffe(true);
      case "h5" -> new HostileHdf5();
      case "npz" -> new HostileNumpy();
      case "pickled-arrays" -> new HostilePickledArrays();
      case "onnx" -> new HostileOnnx();
      case "mat" -> new HostileMat();
      default -> throw new IllegalArgumentException(format);
    };
  }

  /** Without any trick: loads. */
  abstract byte[] plain();

  final void trick(String name, Trick trick) {
    if (tricks.put(name, trick) != null) {
      throw new IllegalArgumentException(name);
    }
  }

  final List<String> names() {
    return List.copyOf(tricks.keySet());
  }

  final byte[] build(String name, SplittableRandom random) {
    return tricks.get(name).build(random);
  }

  /** The arrays of a narrow network A by somebody's names. */
  static Map<String, List<Integer>> shapes(Naming naming) {
    Vgg network = Vgg.of(Configuration.A).width(1.0 / 64).classes(5).input(64).build();
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (Map.Entry<String, ParameterShape> name : naming.names(network).entrySet()) {
      ParameterShape shape = name.getValue();
      boolean classifier = shape.layer().startsWith("fc");
      String called = classifier ? classifier(naming, shape) : name.getKey();
      shapes.put(called, shape.sizes());
    }
    return shapes;
  }

  private static String classifier(Naming naming, ParameterShape shape) {
    int number = shape.layer().charAt(2) - '6';
    String layer =
        switch (naming) {
          case KERAS -> List.of("fc1", "fc2", "predictions").get(number);
          case TORCHVISION -> "classifier." + 3 * number;
          default -> shape.layer();
        };
    return layer + "." + shape.role();
  }

  static int count(List<Integer> sizes) {
    return sizes.stream().reduce(1, (a, b) -> a * b);
  }

  /** A number that something may overflow at, or near it. */
  static long extreme(SplittableRandom random) {
    return NUMBERS[random.nextInt(NUMBERS.length)] + random.nextInt(-3, 4);
  }

  /** One of the octets. */
  static int octet(SplittableRandom random, int... octets) {
    return octets[random.nextInt(octets.length)];
  }

  /** One of them. */
  @SafeVarargs
  static <T> T any(SplittableRandom random, T... values) {
    return values[random.nextInt(values.length)];
  }
}
