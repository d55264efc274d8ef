package verydeep.training;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import verydeep.VerydeepException;
import verydeep.internal.files.SkippedText;
import verydeep.internal.files.TensorFile;
import verydeep.internal.images.ColorSums;
import verydeep.internal.jobs.PartFormat;

/** Color sums as a safetensors file of texts alone, since 32-bit floats do not hold the sums. */
final class ColorFile {

  private static final String FORMAT = "verydeep colors 1";

  /** The sums of as many images of as many pixels as a job can have are far shorter. */
  private static final int MOST_DIGITS = 40;

  private ColorFile() {}

  static PartFormat<ColorPart> parts() {
    return new PartFormat<>(
        FORMAT,
        "the colors of images",
        ColorFile::read,
        ColorFile::write,
        part -> part.images() + part.skipped().size(),
        ColorFile::joined);
  }

  private static ColorPart joined(List<ColorPart> parts) {
    return new ColorPart(
        parts.stream().map(ColorPart::sums).reduce(ColorSums.NONE, ColorSums::plus),
        parts.stream().mapToInt(ColorPart::images).sum(),
        parts.stream().flatMap(part -> part.skipped().stream()).toList());
  }

  private static void write(Path file, Map<String, String> texts, ColorPart part) {
    Map<String, String> metadata = new LinkedHashMap<>(texts);
    metadata.put("format", FORMAT);
    metadata.put("summed", String.valueOf(part.images()));
    metadata.put(
        "sums",
        part.sums().values().stream().map(BigInteger::toString).collect(Collectors.joining(" ")));
    SkippedText.write(part.skipped(), metadata);
    TensorFile.write(file, metadata, Map.of(), name -> null);
  }

  private static ColorPart read(TensorFile file) {
    List<BigInteger> sums =
        Arrays.stream(file.text("sums").split(" ", -1)).map(ColorFile::number).toList();
    int images = Integer.parseInt(file.text("summed"));
    if (images < 0) {
      throw new VerydeepException("It has sums of " + images + " images.");
    }
    return new ColorPart(new ColorSums(sums), images, SkippedText.read(file));
  }

  private static BigInteger number(String digits) {
    if (digits.length() > MOST_DIGITS) {
      throw new VerydeepException("A sum has " + digits.length() + " digits.");
    }
    return new BigInteger(digits);
  }
}
