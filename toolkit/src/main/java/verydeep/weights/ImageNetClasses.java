package verydeep.weights;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The classes of ILSVRC-2012 in the order that Caffe, torchvision and Keras share. */
final class ImageNetClasses {

  static final int COUNT = 1000;

  private static final List<String> NAMES = read();

  private ImageNetClasses() {}

  /** Their names in WordNet, the first one of each and its synonyms. */
  static List<String> names() {
    return NAMES;
  }

  private static List<String> read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                ImageNetClasses.class.getResourceAsStream("imagenet-classes.txt"),
                StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
