package verydeep.internal.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import verydeep.data.BoundingBox;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.localization.Localization;
import verydeep.localization.LocalizedImage;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.MultiLabelEvaluation;
import verydeep.transfer.MultiLabelEvaluation.ClassPrecision;
import verydeep.transfer.MultiLabelEvaluation.Interval;
import verydeep.transfer.SplitResults;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** What a notebook shows of each value, without a kernel. */
class NotebookExtensionTest {

  /**
   * Public classes and records whose values print as text: settings, steps and parts of results.
   */
  private static final List<String> TEXT =
      List.of(
          "verydeep.data.AnnotatedImage",
          "verydeep.data.Augmentation",
          "verydeep.data.BoundingBox",
          "verydeep.data.BoxedImagesReader",
          "verydeep.data.ColorStatistics",
          "verydeep.data.ImageFiles",
          "verydeep.data.ObjectWindows",
          "verydeep.data.Preprocessing",
          "verydeep.data.Rgb",
          "verydeep.data.Skipped",
          "verydeep.data.TestViews",
          "verydeep.device.Hardware",
          "verydeep.evaluation.ErrorRate",
          "verydeep.evaluation.ErrorRates",
          "verydeep.inspection.AttributionMap",
          "verydeep.inspection.GradCam",
          "verydeep.inspection.ImageOptimization",
          "verydeep.inspection.Objective",
          "verydeep.inspection.Occlusion",
          "verydeep.inspection.PerceptualDistance",
          "verydeep.inspection.Saliency",
          "verydeep.lessons.Quiz",
          "verydeep.localization.BoxMerging",
          "verydeep.localization.BoxTarget",
          "verydeep.localization.DenseLocalizer",
          "verydeep.localization.FoundObject",
          "verydeep.localization.LocalizedImage",
          "verydeep.localization.Localizer",
          "verydeep.network.MapShape",
          "verydeep.network.ParameterShape",
          "verydeep.network.Parameters",
          "verydeep.network.Tensor",
          "verydeep.training.Epoch",
          "verydeep.training.LearningRate",
          "verydeep.training.Recipe",
          "verydeep.training.TrainingColors",
          "verydeep.transfer.FeatureExtractor",
          "verydeep.transfer.ImageIndex",
          "verydeep.transfer.LinearSvm",
          "verydeep.transfer.MultiLabelSvm",
          "verydeep.transfer.RandomSplits",
          "verydeep.weights.Pretrained");

  private static final List<String> CLASSES = List.of("<b>bold</b>", "cat & dog");
  private static final String BOLD = "&lt;b&gt;bold&lt;/b&gt;";

  private final Renderer renderer = new Renderer();

  @TempDir private Path root;

  NotebookExtensionTest() {
    NotebookExtension.register(renderer);
  }

  @Test
  void everyResultShowsItself() {
    TreeSet<String> plain = new TreeSet<>();
    new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("verydeep").stream()
            .filter(NotebookExtensionTest::isValue)
            .map(JavaClass::getName)
            .forEach(plain::add);
    Stream.concat(Shown.FIGURES.stream(), Shown.PAGES.stream())
        .map(shown -> shown.type().getName())
        .forEach(plain::remove);

    assertThat(plain)
        .as(
            "Public types whose values a notebook shows as plain text. A result shows itself by an"
                + " entry in %s; what is none is listed in this test",
            Shown.class.getSimpleName())
        .isSubsetOf(TEXT);
  }

  /** Of which there are instances that a cell may end with. */
  private static boolean isValue(JavaClass type) {
    boolean hasInstances =
        type.getMethods().stream()
            .anyMatch(
                method ->
                    method.getModifiers().contains(JavaModifier.PUBLIC)
                        && !method.getModifiers().contains(JavaModifier.STATIC));
    return type.isTopLevelClass()
        && type.getModifiers().contains(JavaModifier.PUBLIC)
        && !(type.getPackageName() + ".").startsWith("verydeep.internal.")
        && !type.isInterface()
        && !type.isEnum()
        && !type.isAssignableTo(Throwable.class)
        && !type.getSimpleName().endsWith("Builder")
        && hasInstances;
  }

  @Test
  void aTestAndItsPredictionsAreEscapedTables() {
    Prediction prediction = new Prediction(Path.of("<i>.png"), 1, new float[] {0.25f, 0.75f});
    Evaluation test = test();

    assertThat(html(prediction))
        .contains("&lt;i&gt;.png", "class 1, score 0.750")
        .doesNotContain("<i>");
    assertThat(html(test.confusion())).contains(BOLD, "cat &amp; dog").doesNotContain("<b>");
    assertThat(html(test.named("<b>me</b>").compareWith(test)))
        .contains("&lt;b&gt;me")
        .doesNotContain("<b>");
  }

  @Test
  void aLocalizationIsATable() {
    BoundingBox box = new BoundingBox(0, 0, 10, 10);
    LocalizedImage image =
        new LocalizedImage(
            Path.of("a.png"), 0, List.of(box), List.of(new LocalizedImage.Guess(0, box, 1)));
    Localization test = new Localization("<b>net</b>", "center crop", CLASSES, List.of(image), 1);

    assertThat(html(test)).contains("<table", "&lt;b&gt;net").doesNotContain("<b>");
  }

  @Test
  void multiLabelTestsAndSplitsHaveAHeadlineAboveTheirTable() {
    var precisions =
        new MultiLabelEvaluation(
            "fc7 of VGG D",
            "dense, Q=256",
            20,
            List.of(new ClassPrecision("<b>bold</b>", 4, 0, 0.5, 0.625)),
            new Interval(0.25, 0.75),
            new Interval(0.5, 0.875),
            4);
    var splits = new SplitResults("pool5 of <b>", "dense", 30, List.of(test()));

    assertThat(html(precisions)).contains("<pre>mAP 50.0%", BOLD).doesNotContain("<b>");
    assertThat(html(splits)).contains("<pre>mean class recall", "pool5 of &lt;b&gt;", "<table");
  }

  @Test
  void aCheckpointSaysWhereItCameFrom() {
    Vgg net = Vgg.of(Configuration.A).classes(2).width(0.02).input(32).build();
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(net, 1),
            CLASSES,
            Preprocessing.caffe(),
            new Provenance(Map.of("data", "photos of <b>")));

    assertThat(html(checkpoint))
        .contains("Checkpoint of VGG A", BOLD, "photos of &lt;b&gt;", "preprocessing")
        .doesNotContain("<b>");
    assertThat(
            html(
                Checkpoint.of(
                    Parameters.initial(net.with().convolutionsOnly().build(), 1),
                    List.of(),
                    Preprocessing.caffe(),
                    Provenance.unknown())))
        .contains("none: convolutions only");
  }

  @Test
  void setsOfImagesAndFeaturesAreCountedByClass() throws IOException {
    Images images = images();
    Vgg net = Vgg.of(Configuration.A).classes(2).width(0.02).input(32).build();
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(net, 1), CLASSES, Preprocessing.caffe(), Provenance.unknown());

    assertThat(html(images)).contains("5 images of 2 classes", "a &amp; b", ">3</td>");
    assertThat(html(images.split(0.5, 1))).contains("training", "validation", "a &amp; b");
    assertThat(html(FeatureExtractor.of(checkpoint).layer("pool1").scales(32).quiet().run(images)))
        .contains("pool1 of VGG A", "5 of 1 numbers", "a &amp; b", ">3</td>");
  }

  @Test
  void aTestsLineGoesInTheEnd() {
    List<String> shown = new ArrayList<>();
    LiveLine line = new LiveLine(shown::add);
    line.show("testing <b>: 1/2");
    line.clear();

    assertThat(shown).containsExactly("<pre>testing &lt;b&gt;: 1/2</pre>", "");
  }

  @Test
  void aChartOfXChartsOwnIsAnImageOfItsSize() throws IOException {
    XYChart chart = new XYChart(300, 200);
    chart.addSeries("mine", new double[] {1, 2}, new double[] {1, 4});

    String png = (String) renderer.render(chart).getData(MIMEType.IMAGE_PNG);

    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(png)));
    assertThat(shown.getWidth()).isEqualTo(600);
    assertThat(shown.getHeight()).isEqualTo(400);
  }

  @Test
  void aTableOfTablesawsOwnIsAnEscapedTable() {
    Table table = Table.create("mine", StringColumn.create("<b>", "x & y"));

    assertThat(html(table)).contains("<table", "x &amp; y", "&lt;b&gt;").doesNotContain("<b>");
  }

  private static Evaluation test() {
    List<Prediction> predictions =
        List.of(
            new Prediction(Path.of("a.png"), 0, new float[] {0.75f, 0.25f}),
            new Prediction(Path.of("b.png"), 1, new float[] {0.75f, 0.25f}));
    return new Evaluation("net", "dense", CLASSES, predictions, 1);
  }

  private Images images() throws IOException {
    for (int i = 0; i < 5; i++) {
      Path folder = Files.createDirectories(root.resolve(i < 3 ? "a & b" : "c"));
      BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
    }
    return Images.folder(root);
  }

  private String html(Object value) {
    DisplayData data = renderer.render(value);
    return (String) data.getData(MIMEType.TEXT_HTML);
  }
}
