package verydeep.localization;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import verydeep.VerydeepException;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoxedImages;

/** What a test of localization asks of its images before it computes anything. */
final class TestedImages {

  private TestedImages() {}

  /**
   * Returns images of which no file appears twice.
   *
   * @param images the images to test
   * @return the same
   * @throws VerydeepException if a file appears twice, as with {@link BoxedImages#eachObject()}
   */
  static BoxedImages once(BoxedImages images) {
    Set<Path> files = new HashSet<>();
    for (int i = 0; i < images.size(); i++) {
      AnnotatedImage image = images.annotated(i);
      if (!files.add(image.file())) {
        throw new VerydeepException(
            ("%s appears twice in %s. A test counts each file once and needs it with all its"
                    + " objects: give the images themselves, not their eachObject().")
                .formatted(image.file(), images));
      }
    }
    return images;
  }
}
