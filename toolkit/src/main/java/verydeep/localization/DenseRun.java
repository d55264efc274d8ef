package verydeep.localization;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoxedImages;
import verydeep.internal.inference.ReadAhead;
import verydeep.internal.inference.TestFolder;

/** Goes through images, merges the views of each, and saves the results along the way. */
final class DenseRun {

  /** Guesses per image, as in ILSVRC. */
  private static final int GUESSES = 5;

  /** Images that go through the networks together. Saved parts end at multiples of this number. */
  private static final int CHUNK = 8;

  private final BoxedImages images;
  private final List<String> classes;
  private final BoxMerging merging;
  private final DensePasses passes;
  private final TestFolder<List<LocalizedImage>> folder;

  /**
   * * Creates a test.
   *
   * @param classes the classifier's classes, which the images share
   * @param folder the folder for the results so far, or null
   */
  DenseRun(
      BoxedImages images,
      List<String> classes,
      BoxMerging merging,
      DensePasses passes,
      TestFolder<List<LocalizedImage>> folder) {
    this.images = images;
    this.classes = classes;
    this.merging = merging;
    this.passes = passes;
    this.folder = folder;
  }

  /** Returns all images, including those found earlier. */
  List<LocalizedImage> run(TestFolder.Found<List<LocalizedImage>> found, IntConsumer progress) {
    List<LocalizedImage> results = new ArrayList<>();
    found.parts().forEach(results::addAll);
    int kept = results.size();
    int begin = kept;
    try (var ahead =
        new ReadAhead<>(
            images.size() - begin, 2 * CHUNK, i -> passes.rescaled(images.image(begin + i)))) {
      while (results.size() < images.size()) {
        int from = results.size();
        int to = Math.min(from + CHUNK, images.size());
        List<DensePasses.Rescaled> chunk = new ArrayList<>();
        for (int i = from; i < to; i++) {
          chunk.add(ahead.take());
        }
        List<List<BoxMap>> views = passes.views(chunk);
        for (int i = from; i < to; i++) {
          results.add(result(images.annotated(i), views.get(i - from)));
        }
        progress.accept(to);
        if (folder != null && folder.due()) {
          folder.keep(to, results.subList(kept, to));
          kept = to;
        }
      }
    } catch (CancellationException e) {
      if (folder != null && results.size() > kept) {
        folder.keep(results.size(), results.subList(kept, results.size()));
      }
      throw TestFolder.stopped(folder, results.size(), images.size());
    }
    return results;
  }

  private LocalizedImage result(AnnotatedImage image, List<BoxMap> views) {
    String name = image.onlyName();
    List<BoxGuess> guesses = merging.guesses(views, GUESSES);
    return new LocalizedImage(image.file(), classes.indexOf(name), image.boxes(name), guesses);
  }
}
