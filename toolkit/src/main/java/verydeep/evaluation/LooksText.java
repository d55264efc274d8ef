package verydeep.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@link Looks} as a word in a file, {@code dense 64,80,96 mirrored}, and back. */
final class LooksText {

  private static final String MULTI_CROP = "multi-crop-";

  private LooksText() {}

  static String write(Looks looks) {
    String view =
        looks.view() instanceof View.MultiCrop crops
            ? MULTI_CROP + crops.grid()
            : looks.view() instanceof View.Dense ? "dense" : "centre-crop";
    return view
        + " "
        + looks.scales().stream().map(String::valueOf).collect(Collectors.joining(","))
        + (looks.mirrored() ? " mirrored" : " plain");
  }

  static Looks read(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException("looks should be three words, not \"" + text + "\"");
    }
    List<Integer> scales = Arrays.stream(words[1].split(",", -1)).map(Integer::valueOf).toList();
    return new Looks(view(words[0]), scales, words[2].equals("mirrored"));
  }

  private static View view(String word) {
    if (word.startsWith(MULTI_CROP)) {
      return new View.MultiCrop(Integer.parseInt(word.substring(MULTI_CROP.length())));
    }
    return switch (word) {
      case "dense" -> View.dense();
      case "centre-crop" -> View.centreCrop();
      default -> throw new IllegalArgumentException("there is no view \"" + word + "\"");
    };
  }
}
