package verydeep.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.IChart;
import verydeep.VerydeepException;

/** What is in the file of a figure, by the end of the file's name. */
final class FigureFile {

  private FigureFile() {}

  static byte[] of(Figure figure, IChart drawing, Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".png")) {
      return png(figure);
    }
    if (name.endsWith(".svg")) {
      return vectors(figure, drawing, file, "svg");
    }
    if (name.endsWith(".pdf")) {
      return vectors(figure, drawing, file, "pdf");
    }
    throw new VerydeepException(
        "Figures are saved as .png, .svg or .pdf files; the name given is " + file + ".");
  }

  static byte[] png(Figure figure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(figure.image());
    } catch (IOException e) {
      throw new VerydeepException(
          "The figure \"" + figure.title() + "\" cannot be encoded as PNG.", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] vectors(Figure figure, IChart drawing, Path file, String format) {
    if (drawing == null) {
      throw new VerydeepException(
          "The figure \""
              + figure.title()
              + "\" is made of pixels, which SVG and PDF would not make sharper: save it as .png;"
              + " the name given is "
              + file
              + ".");
    }
    try {
      return ChartEncoder.getBytes(drawing, format);
    } catch (IOException e) {
      throw new VerydeepException("The figure " + file + " cannot be encoded: " + e, e);
    } catch (NoClassDefFoundError e) {
      throw new VerydeepException(
          "The figure "
              + file
              + " needs one of XChart's optional libraries on the class path: for .svg"
              + " de.erichseifert.vectorgraphics2d:VectorGraphics2D, for .pdf"
              + " de.rototor.pdfbox:graphics2d.",
          e);
    }
  }
}
