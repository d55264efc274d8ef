package verydeep.localization;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import verydeep.data.AnnotatedPicture;
import verydeep.data.BoxedImages;
import verydeep.evaluation.ReadAhead;
import verydeep.evaluation.TestFolder;

/** Goes through pictures, looks at each and merges what is seen; keeps it as it goes. */
final class DenseTest {

  /** Guesses a picture: ILSVRC's. */
  private static final int GUESSES = 5;

  /** Pictures that go through the networks together. Parts end at multiples of it. */
  private static final int CHUNK = 8;

  private final BoxedImages pictures;
  private final List<String> classes;
  private final BoxMerging merging;
  private final DensePasses passes;
  private final TestFolder<List<LocalizedPicture>> folder;

  /**
   * A test.
   *
   * @param classes the classifier's, of the pictures' too
   * @param folder null if nothing is kept
   */
  DenseTest(
      BoxedImages pictures,
      List<String> classes,
      BoxMerging merging,
      DensePasses passes,
      TestFolder<List<LocalizedPicture>> folder) {
    this.pictures = pictures;
    this.classes = classes;
    this.merging = merging;
    this.passes = passes;
    this.folder = folder;
  }

  /** All pictures, those that were found among them. */
  List<LocalizedPicture> run(TestFolder.Found<List<LocalizedPicture>> found, IntConsumer progress) {
    List<LocalizedPicture> results = new ArrayList<>();
    found.parts().forEach(results::addAll);
    int kept = results.size();
    int begin = kept;
    try (var ahead =
        new ReadAhead<>(
            pictures.size() - begin,
            2 * CHUNK,
            i -> passes.rescaled(pictures.picture(begin + i)))) {
      while (results.size() < pictures.size()) {
        int from = results.size();
        int to = Math.min(from + CHUNK, pictures.size());
        List<DensePasses.Rescaled> chunk = new ArrayList<>();
        for (int i = from; i < to; i++) {
          chunk.add(ahead.take());
        }
        List<List<BoxMap>> looks = passes.looks(chunk);
        for (int i = from; i < to; i++) {
          results.add(result(pictures.annotated(i), looks.get(i - from)));
        }
        progress.accept(to);
        if (folder != null && folder.due()) {
          folder.keep(to, results.subList(kept, to));
          kept = to;
        }
      }
    }
    return results;
  }

  private LocalizedPicture result(AnnotatedPicture picture, List<BoxMap> looks) {
    String name = picture.onlyName();
    List<BoxGuess> guesses = merging.guesses(looks, GUESSES);
    return new LocalizedPicture(
        picture.file(), classes.indexOf(name), picture.boxes(name), guesses);
  }
}
