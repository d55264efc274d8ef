package verydeep.localization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;
import verydeep.data.Augmentation;
import verydeep.data.BoundingBox;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;
import verydeep.internal.batches.Draw;

/** Boxes go with the pixels around which they were drawn, and come back. */
class CropFrameTest {

  private static final int WINDOW = 48;
  private static final BoxTarget WHOLE = new BoxTarget(0.5, 0.5, 1, 1);

  @Test
  void roundTripWithinAHundredthOfAPixel() {
    SplittableRandom random = new SplittableRandom(1);
    int used = 0;
    for (int i = 0; i < 5_000; i++) {
      int width = random.nextInt(20, 900);
      int height = random.nextInt(20, 900);
      CropFrame frame = CropFrame.of(width, height, draw(random, i), WINDOW);
      BoundingBox box = box(random, width, height);
      Optional<BoxTarget> target = frame.target(box);
      if (target.isPresent()) {
        used++;
        BoundingBox window = frame.toImage(new BoundingBox(0, 0, WINDOW, WINDOW));
        BoundingBox part = common(box, window);
        BoundingBox back = frame.toImage(target.get());
        assertThat(back.left()).isCloseTo(part.left(), within(0.01));
        assertThat(back.top()).isCloseTo(part.top(), within(0.01));
        assertThat(back.right()).isCloseTo(part.right(), within(0.01));
        assertThat(back.bottom()).isCloseTo(part.bottom(), within(0.01));
        assertThat(part.area()).isGreaterThanOrEqualTo(0.4999 * box.area());
      }
    }
    assertThat(used).isBetween(1_000, 4_900);
  }

  /**
   * Draws a white rectangle, rescales, crops and flips it as a training example, and looks for the
   * white pixels: they must be where the target says.
   */
  @Test
  void targetIsWhereThePixelsOfTheExampleAre() {
    SplittableRandom random = new SplittableRandom(2);
    int used = 0;
    for (int i = 0; i < 200; i++) {
      int width = random.nextInt(60, 200);
      int height = random.nextInt(60, 200);
      int left = random.nextInt(width - 20);
      int top = random.nextInt(height - 20);
      int right = random.nextInt(left + 12, width + 1);
      int bottom = random.nextInt(top + 12, height + 1);
      BoundingBox box = new BoundingBox(left, top, right, bottom);
      Draw draw = draw(random, i);
      Optional<BoxTarget> target = CropFrame.of(width, height, draw, WINDOW).target(box);
      if (target.isPresent()) {
        used++;
        BoundingBox seen = white(example(rectangle(width, height, box), draw));
        BoxTarget said = target.get();
        assertThat(seen.centerX()).isCloseTo(said.x() * WINDOW, within(0.5));
        assertThat(seen.centerY()).isCloseTo(said.y() * WINDOW, within(0.5));
        assertThat(seen.width()).isCloseTo(said.width() * WINDOW, within(1.0));
        assertThat(seen.height()).isCloseTo(said.height() * WINDOW, within(1.0));
      }
    }
    assertThat(used).isGreaterThan(80);
  }

  @Test
  void halfOfTheBoxIsEnoughLessIsNot() {
    CropFrame frame = new CropFrame(100, 100, 100, 100, 50, 0, 50, false);

    assertThat(frame.target(new BoundingBox(40, 10, 60, 30)))
        .contains(new BoxTarget(0.1, 0.4, 0.2, 0.4));
    assertThat(frame.target(new BoundingBox(39.9, 10, 60, 30))).isEmpty();
    assertThat(frame.target(new BoundingBox(10, 10, 20, 30))).isEmpty();
    assertThat(frame.target(new BoundingBox(60, 10, 60, 30))).isEmpty();
    assertThat(frame.target(new BoundingBox(25, 0, 100, 50))).contains(WHOLE);
  }

  @Test
  void aFlippedCropHasTheFlippedTarget() {
    CropFrame frame = new CropFrame(100, 80, 50, 40, 10, 0, 40, false);
    CropFrame flipped = new CropFrame(100, 80, 50, 40, 10, 0, 40, true);
    BoundingBox box = new BoundingBox(30, 20, 50, 60);

    assertThat(frame.target(box)).contains(new BoxTarget(0.25, 0.5, 0.25, 0.5));
    assertThat(flipped.target(box)).contains(new BoxTarget(0.75, 0.5, 0.25, 0.5));
  }

  @Test
  void centerCropIsTheImagesOwn() {
    CropFrame frame = CropFrame.center(301, 200, 64, 48);

    assertThat(frame).isEqualTo(new CropFrame(301, 200, 96, 64, 24, 8, 48, false));
    RgbImage image = noise(301, 200, 3);
    assertThat(image.rescale(64).centerCrop(48)).isEqualTo(image.rescale(64).crop(24, 8, 48, 48));
  }

  @Test
  void aPlaceOfTheFlippedImageIsTheFlippedPlace() {
    CropFrame frame = CropFrame.place(200, 100, 64, 32, 16, 48, true);
    RgbImage image = noise(200, 100, 4).rescale(64);

    assertThat(image.flip().crop(32, 16, 48, 48))
        .isEqualTo(image.crop(frame.left(), frame.top(), 48, 48).flip());
    assertThat(CropFrame.place(200, 100, 64, 32, 16, 48, false).left()).isEqualTo(32);
  }

  @Test
  void negativeSizesOfANetworkCountAsNone() {
    CropFrame frame = new CropFrame(100, 100, 100, 100, 0, 0, 100, false);

    assertThat(frame.toImage(new BoxTarget(0.5, 0.5, -0.1, 0.2)))
        .isEqualTo(new BoundingBox(50, 40, 50, 60));
    assertThatThrownBy(() -> new BoxTarget(0.5, Double.NaN, 0.1, 0.2))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("NaN");
  }

  private static RgbImage noise(int width, int height, long seed) {
    byte[] rgb = new byte[3 * width * height];
    new SplittableRandom(seed).nextBytes(rgb);
    return RgbImage.of(width, height, rgb);
  }

  private static Draw draw(SplittableRandom random, int index) {
    TrainingScale scale = TrainingScale.jittered(WINDOW, 2 * WINDOW);
    Augmentation unshifted = Augmentation.paper().colorShift(0);
    return Draw.of(unshifted, scale, random.nextLong(), 0, index);
  }

  private static BoundingBox box(SplittableRandom random, int width, int height) {
    double left = random.nextDouble(width - 2);
    double top = random.nextDouble(height - 2);
    return new BoundingBox(
        left, top, random.nextDouble(left + 1, width), random.nextDouble(top + 1, height));
  }

  private static BoundingBox common(BoundingBox one, BoundingBox other) {
    return new BoundingBox(
        Math.max(one.left(), other.left()),
        Math.max(one.top(), other.top()),
        Math.min(one.right(), other.right()),
        Math.min(one.bottom(), other.bottom()));
  }

  private static RgbImage rectangle(int width, int height, BoundingBox box) {
    byte[] rgb = new byte[3 * width * height];
    for (int y = (int) box.top(); y < box.bottom(); y++) {
      int from = 3 * (y * width + (int) box.left());
      Arrays.fill(rgb, from, from + 3 * (int) box.width(), (byte) 255);
    }
    return RgbImage.of(width, height, rgb);
  }

  private static float[] example(RgbImage image, Draw draw) {
    int smallest = image.smallestSide();
    int width = RgbImage.rescaled(image.width(), draw.scale(), smallest);
    int height = RgbImage.rescaled(image.height(), draw.scale(), smallest);
    RgbImage crop =
        image
            .rescale(draw.scale())
            .crop(draw.left(width, WINDOW), draw.top(height, WINDOW), WINDOW, WINDOW);
    FloatBuffer buffer = FloatBuffer.allocate(3 * WINDOW * WINDOW);
    Preprocessing.paper(Rgb.ZERO).write(draw.flipped() ? crop.flip() : crop, buffer);
    return buffer.array();
  }

  /** Around the pixels that are more white than black. */
  private static BoundingBox white(float[] plane) {
    int left = WINDOW;
    int top = WINDOW;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < WINDOW; y++) {
      for (int x = 0; x < WINDOW; x++) {
        if (plane[y * WINDOW + x] > 127.5) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    return new BoundingBox(left, top, right, bottom);
  }
}
