package verydeep.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.classification.Classifier;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.MultiLabelImages;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;
import verydeep.drawn.DrawnImages;
import verydeep.internal.files.TensorFile;
import verydeep.localization.DenseLocalizer;
import verydeep.localization.Localizer;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Tensor;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Mutation;
import verydeep.weights.Provenance;

/** Damaged and lying files of what was trained: a typed error, or something that can be used. */
@Timeout(120)
class ModelFilesTest {

  private static final int COUNT = 400;
  private static final List<Mutation> MUTATIONS = List.of(Mutation.values());
  private static final List<String> CLASSES = List.of("disc", "square", "triangle");
  private static final String MISSING = "(missing)";
  private static final List<String> LIES =
      List.of(
          "",
          "-1",
          "0",
          "1.5",
          "2147483648",
          "NaN",
          "1e999",
          "99999999,99999999",
          "%\n\n\n",
          "[",
          MISSING);

  @TempDir static Path root;
  private static RgbImage image;

  /** The kinds of files, and how each is read and asked. */
  private enum Kind {
    SVM {
      @Override
      void use(Path file) {
        ask(LinearSvm.read(file).open(Arithmetic.EXACT));
      }
    },
    SVM_WITHOUT_ITS_NETWORK {
      @Override
      void use(Path file) {
        ask(LinearSvm.read(file, net(CLASSES)).open());
      }
    },
    MULTI_LABEL_SVM {
      @Override
      void use(Path file) {
        ask(MultiLabelSvm.read(file).open(Arithmetic.EXACT));
      }
    },
    DENSE_LOCALIZER {
      @Override
      void use(Path file) {
        DenseLocalizer.read(file).quiet().find(image);
      }
    };

    abstract void use(Path file);

    private static void ask(Classifier classifier) {
      try (classifier) {
        assertThat(classifier.classify(image).toString()).isNotEmpty();
      }
    }

    private Path file() {
      return root.resolve(name() + ".safetensors");
    }
  }

  @BeforeAll
  static void writeOneOfEach() throws IOException {
    Images shapes = DrawnImages.shapes(root.resolve("shapes"), 6, 1);
    image = shapes.image(0);
    FeatureExtractor extractor =
        FeatureExtractor.of(net(CLASSES)).layer("pool4").scales(40, 56).quiet();
    LinearSvm svm = LinearSvm.of(extractor.run(shapes)).cost(1).run();
    svm.write(Kind.SVM.file());
    svm.writeWithoutNetwork(Kind.SVM_WITHOUT_ITS_NETWORK.file());
    MultiLabelImages labels =
        VocFiles.write(
            root.resolve("voc"), "trainval", List.of("cat", "dog"), new int[][] {{1, -1}, {-1, 1}});
    for (int i = 0; i < labels.size(); i++) {
      Files.copy(shapes.file(i), labels.images().file(i), StandardCopyOption.REPLACE_EXISTING);
    }
    MultiLabelSvm.of(extractor.run(labels.images()), labels)
        .cost(1)
        .run()
        .write(Kind.MULTI_LABEL_SVM.file());
    DenseLocalizer.of(
            net(CLASSES.subList(0, 2)), Localizer.of(net(List.of("x", "y", "width", "height"))))
        .scales(40)
        .quiet()
        .write(Kind.DENSE_LOCALIZER.file());
  }

  private static Checkpoint net(List<String> outputs) {
    Vgg network = Vgg.of(Configuration.A).width(1 / 32.0).input(32).classes(outputs.size()).build();
    return Checkpoint.of(
            Parameters.initial(network, 1),
            outputs,
            Preprocessing.paper(new Rgb(120, 110, 100)),
            Provenance.unknown())
        .withTrainingScale(TrainingScale.fixed(40));
  }

  /** What the file does that it must not; null if it ends in a typed error or an answer. */
  private static String harm(Kind kind, Path file) {
    try {
      kind.use(file);
      return null;
    } catch (FileException e) {
      return e.getMessage().contains(file.toString()) ? null : e.getMessage();
    } catch (VerydeepException e) {
      return null; // it was read, and does not suit the image
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileEndsInATypedErrorOrAnAnswer(Kind kind) throws IOException {
    byte[] whole = Files.readAllBytes(kind.file());
    int header = 8 + (int) whole[0] + 256 * (whole[1] & 0xff) + 65_536 * (whole[2] & 0xff);
    List<String> harms = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      SplittableRandom random = new SplittableRandom(1409 + i);
      int at = random.nextInt(i % 8 == 0 ? whole.length : Math.min(header, whole.length));
      byte[] damaged = MUTATIONS.get(i % MUTATIONS.size()).apply(whole.clone(), at, random);
      Path file = root.resolve("damaged.safetensors");
      Files.deleteIfExists(file); // the one before may still be mapped
      Files.write(file, damaged);
      String harm = harm(kind, file);
      if (harm != null) {
        harms.add("mutation " + i + ": " + harm);
      }
    }
    assertThat(harms).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aFileWhoseTextsLieEndsInATypedErrorOrAnAnswer(Kind kind) throws IOException {
    TensorFile good = TensorFile.read(kind.file());
    List<String> harms = new ArrayList<>();
    for (String text : good.metadata().keySet()) {
      for (String lie : LIES) {
        Map<String, String> texts = new HashMap<>(good.metadata());
        if (lie.equals(MISSING)) {
          texts.remove(text);
        } else {
          texts.put(text, lie);
        }
        String harm = harm(kind, lying(texts, good.tensors()));
        if (harm != null) {
          harms.add(text + " = " + lie + ": " + harm);
        }
      }
    }
    assertThat(harms).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aFileWithoutOneOfItsArraysOrWithAnotherShapeIsRefused(Kind kind) throws IOException {
    TensorFile good = TensorFile.read(kind.file());
    for (String name : good.tensors().keySet()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>(good.tensors());
      tensors.remove(name);
      Path without = lying(good.metadata(), tensors);
      assertThatThrownBy(() -> kind.use(without)).as(name).isInstanceOf(FileException.class);
      for (List<Integer> sizes : List.of(List.of(0), List.of(1, 1, 1, 1), List.of(7))) {
        tensors.put(name, Tensor.of(sizes, new float[sizes.get(0)]));
        Path other = lying(good.metadata(), tensors);
        assertThatThrownBy(() -> kind.use(other)).as(name).isInstanceOf(FileException.class);
      }
    }
  }

  private static Path lying(Map<String, String> texts, Map<String, Tensor> tensors)
      throws IOException {
    Path file = root.resolve("lying.safetensors");
    Files.deleteIfExists(file); // the one before may still be mapped
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.sizes()));
    TensorFile.write(file, texts, shapes, tensors::get);
    return file;
  }
}
