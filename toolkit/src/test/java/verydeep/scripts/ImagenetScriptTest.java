package verydeep.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Ilsvrc;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;
import verydeep.drawn.DrawnIlsvrc;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.scripts.Processes.Result;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** The script imagenet on a small tree, as its user calls it. */
@Timeout(120)
class ImagenetScriptTest {

  private static final Path ROOT = Processes.root();

  /** With a PNG, a CMYK and a gray JPEG among them, and one that is damaged here. */
  private static final int IMAGES = 24;

  @TempDir private static Path root;

  @BeforeAll
  static void drawATreeAndTwoNets() throws IOException {
    Processes.compileTheRunner(Files.createDirectories(classes()));
    DrawnIlsvrc.write(root.resolve("val"));
    for (int number = IMAGES + 1; number <= DrawnIlsvrc.IMAGES; number++) {
      Files.delete(root.resolve("val").resolve(DrawnIlsvrc.name(number)));
    }
    Files.writeString(root.resolve("val").resolve(DrawnIlsvrc.name(1)), "no image");
    net(1).write(root.resolve("one.safetensors"));
    net(2).withTrainingScale(TrainingScale.fixed(40)).write(root.resolve("two.safetensors"));
  }

  private static Path classes() {
    return root.resolve("classes");
  }

  private static Checkpoint net(long seed) {
    Vgg net = Vgg.of(Configuration.A).classes(1000).units(16).width(1 / 64.0).input(32).build();
    return Checkpoint.of(
        Parameters.initial(net, seed),
        Ilsvrc.classes(),
        Preprocessing.caffe(),
        Provenance.unknown());
  }

  private static Result run(String... settings) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String path = classes() + File.pathSeparator + absolute(System.getProperty("java.class.path"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx1g", "-cp", path, "RunScript"));
    command.add(ROOT.resolve("jshell-scripts/startup/imports.jsh").toString());
    command.add(ROOT.resolve("jshell-scripts/imagenet.jsh").toString());
    command.addAll(List.of(settings));
    return Processes.await(new ProcessBuilder(command).directory(root.toFile()), root);
  }

  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        List.of(classPath.split(File.pathSeparator)).stream()
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }

  @Test
  void hasTheRowsOfTables3To6AndNamesWhatItCouldNotRead() throws Exception {
    String[] settings = {
      "images=val",
      "truth=" + DrawnIlsvrc.devkit(),
      "weights=one.safetensors,two.safetensors",
      "crops=true"
    };

    Result result = run(settings);

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("24 images of 1000 classes in val");
    List<String> ours =
        result.out().lines().filter(line -> line.startsWith("ours")).map(String::strip).toList();
    assertThat(ours).hasSize(13); // five a net, and the means of three of them over the nets
    assertThat(ours.get(0)).contains("center crop, Q=256", " 23 ");
    assertThat(ours.get(1)).contains("dense, Q=384,");
    assertThat(ours.get(10)).contains("dense, Q=256,384,512");
    assertThat(ours.get(11)).contains("multi-crop 5x5");
    assertThat(ours.get(12)).contains("dense & multi-crop");
    assertThat(result.out().lines())
        .contains(
            "one.safetensors, tested as if S=[256;512]: it does not say its scale",
            "two.safetensors, S=40")
        .anyMatch(line -> line.startsWith("dense, Q=384, flipped: top-1 error "))
        .anyMatch(line -> line.startsWith("dense, Q=40, flipped: top-1 error "))
        .anyMatch(line -> line.startsWith("multi-crop 5x5, Q=35,40,45, flipped: top-1 error "));
    assertThat(result.out())
        .contains(
            "Table 3", "Table 4", "Table 5", "Table 6", "seven nets", DrawnIlsvrc.name(1) + ": ")
        .contains("VGG A, width");
    assertThat(Files.exists(root.resolve("target/imagenet/one.safetensors-24/scales"))).isTrue();
    assertThat(run(settings).out()).isEqualTo(result.out());
  }

  @Test
  void readsAllWeightsBeforeTheFirstTest() throws Exception {
    Result result =
        run(
            "images=val",
            "truth=" + DrawnIlsvrc.devkit(),
            "weights=one.safetensors,three.safetensors",
            "first=3");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("FileException", "three.safetensors");
    assertThat(Files.exists(root.resolve("target/imagenet/one.safetensors-3"))).isFalse();
  }

  @Test
  void asksForWhatIsMissing() throws Exception {
    Result result = run("images=val");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.out()).startsWith("give weights=FILE[,FILE] images=FOLDER truth=DEVKIT");
  }
}
