package verydeep.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import verydeep.VerydeepException;
import verydeep.network.Configuration;
import verydeep.network.Vgg;

class FigureTest {

  @TempDir private Path folder;
  private final Figure figure = Charts.errors(Samples.test());

  @Test
  void savesAWholePngInNewFoldersOverAnOldFile() throws IOException {
    Path file = folder.resolve("new/deep/errors.png");

    assertThat(figure.write(file)).isEqualTo(file);
    Files.writeString(file, "old");
    figure.write(file.toString());

    assertThat(Files.readAllBytes(file)).isEqualTo(figure.png());
    assertThat(figure.png()).endsWith('I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anUnknownFormatIsRefused() {
    Path file = folder.resolve("errors.jpg");

    assertThatThrownBy(() -> figure.write(file))
        .isInstanceOf(VerydeepException.class)
        .hasMessage(
            "Figures are saved as .png, .svg or .pdf files; the name given is " + file + ".");
    assertThat(file).doesNotExist();
  }

  @Test
  void aChartIsSavedAsSvgOfOutlinesWithoutPixelsAndFonts() throws IOException {
    Path file = figure.write(folder.resolve("errors.svg"));

    String svg = Files.readString(file);
    assertThat(svg).contains("<svg", "<path").doesNotContain("<image", "<text");
    assertThat(svg).contains("viewBox=\"0 0 " + figure.layoutWidth());
  }

  @Test
  void everyChartIsSavedAsSvg() throws IOException {
    Vgg a = Vgg.of(Configuration.A).build();
    List<Figure> charts =
        List.of(
            Charts.confusion(Samples.test()),
            Charts.learningCurves(List.of()),
            Charts.cost(a),
            Charts.receptiveFields(a));

    for (Figure chart : charts) {
      String svg = Files.readString(chart.write(folder.resolve("chart.svg")));
      assertThat(svg).contains("<path").doesNotContain("<image", "<text");
    }
  }

  @Test
  void aChartIsSavedAsPdf() throws IOException {
    byte[] pdf = Files.readAllBytes(figure.write(folder.resolve("errors.PDF")));

    assertThat(new String(pdf, StandardCharsets.ISO_8859_1)).startsWith("%PDF-").contains("%%EOF");
  }

  @Test
  void aSheetOfImagesIsNotSavedAsVectors() {
    Figure pixels = Figure.of("mine", new BufferedImage(4, 2, BufferedImage.TYPE_INT_RGB), 1);
    Path file = folder.resolve("mine.svg");

    assertThatThrownBy(() -> pixels.write(file))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("save it as .png")
        .hasMessageContaining("mine.svg");
    assertThat(file).doesNotExist();
    assertThat(pixels.chart()).isEmpty();
  }

  @Test
  void aChartOfXChartsOwnIsShownInItsSize() throws IOException {
    XYChart chart = new XYChart(300, 200);
    chart.setTitle("squares");
    chart.addSeries("mine", new double[] {1, 2, 3}, new double[] {1, 4, 9});

    Figure own = Figure.of(chart);

    assertThat(own.toString()).isEqualTo("squares, 600x400 pixels");
    assertThat(own.layoutWidth()).isEqualTo(300);
    assertThat(own.chart().orElseThrow()).isSameAs(chart);
    assertThat(Files.readString(own.write(folder.resolve("own.svg"))))
        .contains("viewBox=\"0 0 300 200\"");
  }

  @Test
  void theChartsInAFigureAreXCharts() {
    assertThat(Charts.learningCurves(List.of()).charts()).hasSize(2);
    assertThat(figure.chart().orElseThrow()).isInstanceOf(XYChart.class);
    assertThat(Charts.confusion(Samples.test()).charts()).isEmpty();
  }

  @Test
  void theTextOfAFigureIsItsTitleAndBlocks() {
    String text = figure.text(60);

    assertThat(text.lines().findFirst()).contains(figure.title());
    assertThat(text.lines().skip(1)).allMatch(line -> line.matches("[ ░▒▓█]{0,60}"));
    assertThat(text).contains("░");
    assertThat(figure.text().lines().skip(1).mapToInt(String::length).max().orElse(0))
        .isBetween(61, 100);
  }

  @Test
  void aTextTooNarrowIsRefused() {
    assertThatThrownBy(() -> figure.text(19))
        .isInstanceOf(VerydeepException.class)
        .hasMessage("A figure in characters is 20 to 1,000 of them wide; 19 were given.");
  }

  @Test
  void namesTheFileThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    assertThatThrownBy(() -> figure.write(file.resolve("errors.png")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("errors.png");
  }

  @Test
  void withoutADisplayItIsPrintedAndInAFile() throws IOException {
    assumeTrue(System.getenv("DISPLAY") == null && File.separatorChar == '/');
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      figure.show();
    } finally {
      System.setOut(before);
    }
    String said = printed.toString(UTF_8).strip();
    assertThat(said).startsWith(figure.text().strip()).contains("There is no display");
    Path file = Path.of(said.substring(said.lastIndexOf(' ') + 1, said.length() - 1));
    assertThat(Files.readAllBytes(file)).isEqualTo(figure.png());
    Files.delete(file);
  }

  @Test
  void saysWhatItShows() {
    assertThat(figure.toString()).contains("Top-1 error", figure.width() + "x" + figure.height());
    assertThat(figure.image().getWidth()).isEqualTo(figure.width());
  }

  @Test
  void anImageOfOnesOwnIsShownAtItsDensity() {
    BufferedImage image = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);

    Figure own = Figure.of("mine", image, 2);

    assertThat(own.toString()).isEqualTo("mine, 40x20 pixels");
    assertThat(own.layoutWidth()).isEqualTo(20);
    assertThat(own.image()).isSameAs(image);
  }
}
