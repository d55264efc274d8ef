package verydeep.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.data.TestViews;
import verydeep.data.View;

/** {@link TestViews} as three words in a file, {@code dense 64,80,96 mirrored}, and back. */
final class TestViewsText {

  private static final String MULTI_CROP = "multi-crop-";

  private TestViewsText() {}

  /** Those of one test, or of all tests that were averaged. */
  static String writeAll(List<TestViews> all) {
    return all.stream().map(TestViewsText::write).collect(Collectors.joining(";"));
  }

  static List<TestViews> readAll(String text) {
    return Arrays.stream(text.split(";", -1)).map(TestViewsText::read).toList();
  }

  static String write(TestViews views) {
    String view =
        views.view() instanceof View.MultiCrop crops
            ? MULTI_CROP + crops.grid()
            : views.view() instanceof View.Dense ? "dense" : "centre-crop";
    return view
        + " "
        + views.scales().stream().map(String::valueOf).collect(Collectors.joining(","))
        + (views.flipped() ? " mirrored" : " plain");
  }

  static TestViews read(String text) {
    String[] words = text.split(" ", -1);
    if (words.length != 3) {
      throw new VerydeepException("Its views must be three words, not \"" + text + "\".");
    }
    List<Integer> scales = Arrays.stream(words[1].split(",", -1)).map(Integer::valueOf).toList();
    return new TestViews(view(words[0]), scales, words[2].equals("mirrored"));
  }

  private static View view(String word) {
    if (word.startsWith(MULTI_CROP)) {
      return new View.MultiCrop(Integer.parseInt(word.substring(MULTI_CROP.length())));
    }
    return switch (word) {
      case "dense" -> View.dense();
      case "centre-crop" -> View.centerCrop();
      default -> throw new VerydeepException("It names an unknown view, \"" + word + "\".");
    };
  }
}
