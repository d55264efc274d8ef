package verydeep.training;

import java.util.List;
import verydeep.data.Skipped;
import verydeep.internal.images.ColorSums;

/** The sums over all pixels of a number of images, and the images that could not be read. */
record ColorPart(ColorSums sums, int images, List<Skipped> skipped) {

  ColorPart {
    skipped = List.copyOf(skipped);
  }
}
