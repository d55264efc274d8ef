package verydeep.training;

import static verydeep.network.Configuration.C;

import java.nio.file.Path;
import java.util.zip.CRC32;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.TrainingScale;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/**
 * A training whose end is printed as a checksum, for {@link OtherJdkTest}: first weights, order,
 * jittered scales, crops, flips, colors, dropout and twenty steps. Called with the folder of the
 * images.
 */
final class ShortTraining {

  private ShortTraining() {}

  public static void main(String[] arguments) {
    Training run =
        Training.of(
                Vgg.of(C).classes(3).width(1 / 4.0).input(32).build(),
                Images.folder(Path.of(arguments[0])).split(0.7, 2))
            .scale(TrainingScale.jittered(32, 48))
            .recipe(Recipe.paper().batch(5).epochs(4))
            .seed(5)
            .arithmetic(Arithmetic.FAST)
            .quiet()
            .run();
    CRC32 sum = new CRC32();
    Parameters last = run.last().parameters();
    for (String name : last.names()) {
      for (float number : last.get(name).toArray()) {
        int bits = Float.floatToRawIntBits(number);
        for (int shift = 0; shift < 32; shift += 8) {
          sum.update(bits >> shift);
        }
      }
    }
    System.out.printf(
        "bits %08x after %d epochs, loss %s, Java %d%n",
        sum.getValue(),
        run.epochs().size(),
        run.epochs().get(run.epochs().size() - 1).loss(),
        Runtime.version().feature());
  }
}
