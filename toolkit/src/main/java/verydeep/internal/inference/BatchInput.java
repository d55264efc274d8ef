package verydeep.internal.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.internal.images.Levels;
import verydeep.internal.images.Planes;
import verydeep.internal.images.SharedPixels;
import verydeep.internal.passes.Activations;
import verydeep.internal.passes.ForwardPass;

/** Preprocesses images of one shape and gives them to a network, as it takes them fastest. */
final class BatchInput {

  /** The number of images from which several threads preprocess them. */
  private static final int MANY = 32;

  private final ForwardPass pass;
  private final Preprocessing preprocessing;

  /**
   * Reused and as large as the largest batch, since allocating and clearing it costs milliseconds.
   */
  private FloatBuffer room = FloatBuffer.allocate(0);

  BatchInput(ForwardPass pass, Preprocessing preprocessing) {
    this.pass = pass;
    this.preprocessing = preprocessing;
  }

  /** Runs images of one shape. */
  List<Activations> run(List<RgbImage> images, List<String> layers) {
    int width = images.get(0).width();
    int height = images.get(0).height();
    int pixels = width * height;
    Optional<Levels> levels = pass.levels(images.size(), pixels);
    if (levels.isPresent()) {
      write(images, levels.get());
      return pass.run(levels.get(), height, width, layers);
    }
    FloatBuffer numbers = room(Math.multiplyExact(3 * images.size(), pixels));
    int each = 3 * pixels;
    forEach(images.size(), i -> preprocessing.write(images.get(i), numbers.slice(i * each, each)));
    return pass.run(numbers, images.size(), height, width, layers);
  }

  /** Returns what the network is shown of an image. */
  FloatBuffer numbers(RgbImage image) {
    FloatBuffer numbers = FloatBuffer.allocate(3 * image.width() * image.height());
    preprocessing.write(image, numbers);
    return numbers.flip();
  }

  private FloatBuffer room(int numbers) {
    if (room.capacity() < numbers) {
      room =
          ByteBuffer.allocateDirect(Math.multiplyExact(4, numbers))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    return room.clear().limit(numbers);
  }

  private void write(List<RgbImage> images, Levels levels) {
    List<float[]> values =
        IntStream.range(0, 3).mapToObj(plane -> preprocessing.values(plane, Rgb.ZERO)).toList();
    forEach(
        images.size(),
        i -> {
          RgbImage image = images.get(i);
          for (int plane = 0; plane < 3; plane++) {
            int place = 3 * i + plane;
            Planes.writeLevels(
                SharedPixels.of(image),
                image.width(),
                image.height(),
                preprocessing.order().channel(plane),
                false,
                levels.bytes(),
                place * image.width() * image.height());
            levels.tables().put(place * Levels.COUNT, values.get(plane));
          }
        });
  }

  private static void forEach(int images, IntConsumer work) {
    IntStream places = IntStream.range(0, images);
    (images < MANY ? places : places.parallel()).forEach(work);
  }
}
