package verydeep;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.classification.ClassifiedImages;
import verydeep.classification.Classifier;
import verydeep.cpu.Arithmetic;
import verydeep.data.Augmentation;
import verydeep.data.BoxedImages;
import verydeep.data.ColorStatistics;
import verydeep.data.ImageFiles;
import verydeep.data.Images;
import verydeep.data.MultiLabelImages;
import verydeep.data.ObjectWindows;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;
import verydeep.data.TrainingScale;
import verydeep.data.View;
import verydeep.drawn.DrawnBoxes;
import verydeep.drawn.DrawnImages;
import verydeep.evaluation.Evaluation;
import verydeep.inspection.GradCam;
import verydeep.inspection.ImageOptimization;
import verydeep.inspection.ImageProgress;
import verydeep.inspection.Objective;
import verydeep.inspection.Occlusion;
import verydeep.inspection.PerceptualDistance;
import verydeep.inspection.Saliency;
import verydeep.inspection.StrongestPatches;
import verydeep.internal.batches.Batches;
import verydeep.localization.BoxMerging;
import verydeep.localization.BoxTarget;
import verydeep.localization.DenseLocalizer;
import verydeep.localization.Localizer;
import verydeep.network.Configuration;
import verydeep.network.Initialization;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.training.LearningRate;
import verydeep.training.Precision;
import verydeep.training.Progress;
import verydeep.training.Recipe;
import verydeep.training.Start;
import verydeep.training.Training;
import verydeep.training.TrainingColors;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;
import verydeep.transfer.LinearSvm;
import verydeep.transfer.MultiLabelSvm;
import verydeep.transfer.RandomSplits;
import verydeep.transfer.SvmLearning;
import verydeep.weights.Checkpoint;
import verydeep.weights.Pretrained;
import verydeep.weights.Provenance;

/** What is set goes into a new builder; the one that was called stays as it was. */
class BuildersTest {

  /** Public types that have methods giving the same type, and are values or results. */
  private static final Set<String> VALUES =
      Set.of(
          "BoundingBox",
          "BoxedImages",
          "Checkpoint",
          "ClassifiedImages",
          "ConfusionMatrix",
          "Evaluation",
          "Features",
          "ImageFiles",
          "Images",
          "LinearSvm",
          "Localization",
          "MultiLabelSvm",
          "Objective",
          "Provenance",
          "RgbImage",
          "Tensor");

  @TempDir Path folder;

  private Images photos;
  private Checkpoint convolutions;
  private Checkpoint network;
  private Classifier open;
  private List<Object> builders;

  private static Checkpoint checkpoint(Vgg network, List<String> classes) {
    return Checkpoint.of(
        Parameters.initial(network, 1), classes, Preprocessing.caffe(), Provenance.unknown());
  }

  @BeforeEach
  void begin() throws IOException {
    photos = DrawnImages.noise(folder, 1, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40);
    Vgg net = Vgg.of(Configuration.D).width(1 / 16.0).input(32).convolutionsOnly().build();
    convolutions = checkpoint(net, List.of());
    network =
        checkpoint(net.with().classifier().classes(3).build(), photos.classes())
            .withTrainingScale(TrainingScale.fixed(40));
    open = network.classifier().open();
    BoxedImages boxes = DrawnBoxes.shapes(folder.resolve("boxes"), 8, 40, 1);
    Checkpoint predicting =
        checkpoint(
            net.with().classifier().classes(4).build(), List.of("x", "y", "width", "height"));
    Localizer localizer = Localizer.of(predicting.withTrainingScale(TrainingScale.fixed(40)));
    FeatureExtractor extractor = FeatureExtractor.of(convolutions).scales(32).quiet();
    Features vectors = extractor.run(photos);
    MultiLabelImages several = severalLabels();
    builders =
        List.of(
            Vgg.of(Configuration.A),
            Training.of(network.network(), photos, photos),
            TrainingColors.of(photos),
            Recipe.paper(),
            LearningRate.plateau(0.01),
            Augmentation.paper(),
            Batches.of(photos),
            Evaluation.of(network, photos),
            network.classifier(),
            ClassifiedImages.of(open, ImageFiles.in(folder)),
            extractor,
            LinearSvm.of(vectors),
            MultiLabelSvm.of(extractor.run(several.images()), several),
            SvmLearning.of(convolutions, photos),
            RandomSplits.of(vectors, 1),
            BoxedImages.reader(),
            ObjectWindows.of(boxes),
            Localizer.from(convolutions, boxes.split(0.5, 1)),
            DenseLocalizer.of(network, localizer),
            BoxMerging.standard(),
            StrongestPatches.of(convolutions, photos),
            GradCam.of(network),
            Saliency.of(network),
            Occlusion.of(open),
            PerceptualDistance.of(convolutions),
            ImageOptimization.of(network),
            Pretrained.of("D-authors"));
  }

  @AfterEach
  void end() {
    open.close();
  }

  /** Two classes in VOC's layout. */
  private MultiLabelImages severalLabels() throws IOException {
    Path root = folder.resolve("voc");
    Path sets = Files.createDirectories(root.resolve("ImageSets/Main"));
    Path images = Files.createDirectories(root.resolve("JPEGImages"));
    for (int i = 0; i < 4; i++) {
      Files.copy(photos.file(i), images.resolve(i + ".jpg"));
    }
    Files.writeString(sets.resolve("all.txt"), "0\n1\n2\n3\n");
    Files.writeString(sets.resolve("cat_all.txt"), "0 1\n1 1\n2 -1\n3 -1\n");
    Files.writeString(sets.resolve("dog_all.txt"), "0 -1\n1 1\n2 -1\n3 1\n");
    return MultiLabelImages.voc(root, "all");
  }

  /** A value for a setting; null for a type of which there is none here. */
  private Object value(Class<?> type) {
    Map<Class<?>, Object> values = new LinkedHashMap<>();
    values.put(int.class, 40);
    values.put(long.class, 5L);
    values.put(double.class, 0.5);
    values.put(boolean.class, false);
    values.put(int[].class, new int[] {40, 48});
    values.put(String.class, "conv4_1");
    values.put(String[].class, new String[] {"conv4_1"});
    values.put(Path.class, Path.of("somewhere"));
    values.put(URI.class, URI.create("file:/somewhere"));
    values.put(Duration.class, Duration.ofSeconds(7));
    values.put(Device[].class, new Device[] {Device.cpu(), Device.cpu()});
    values.put(Recipe.class, Recipe.paper().batch(3));
    values.put(LearningRate.class, LearningRate.constant(0.25));
    values.put(TrainingScale.class, TrainingScale.fixed(99));
    values.put(Augmentation.class, Augmentation.none());
    values.put(Start.class, Start.random());
    values.put(Precision.class, Precision.MIXED);
    values.put(Progress.class, Progress.silent());
    values.put(Initialization.class, Initialization.paper());
    values.put(Preprocessing.class, Preprocessing.torchvision());
    values.put(Arithmetic.class, Arithmetic.DJL);
    values.put(View.class, View.centerCrop());
    values.put(Checkpoint.class, network);
    values.put(BoxTarget.class, new BoxTarget(0.5, 0.5, 0.25, 0.25));
    values.put(BoxMerging.class, BoxMerging.standard().threshold(0.25));
    values.put(ColorStatistics.class, ColorStatistics.of(photos));
    values.put(Rgb.class, new Rgb(1, 2, 3));
    values.put(RgbImage.class, photos.image(0));
    values.put(Objective.class, Objective.totalVariation());
    values.put(ImageProgress.class, ImageProgress.silent());
    values.put(UnaryOperator.class, UnaryOperator.identity());
    return values.get(type);
  }

  private Object[] values(Method setter) {
    String name = setter.getDeclaringClass().getSimpleName() + "." + setter.getName();
    if (name.equals("ObjectWindows.sizes")) {
      return new Object[] {1.5, 2.0};
    }
    return Stream.of(setter.getParameterTypes())
        .map(type -> Objects.requireNonNull(value(type), () -> name + " takes " + type))
        .toArray();
  }

  private static Map<String, Object> fields(Object builder) throws IllegalAccessException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : builder.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        Object value = field.get(builder);
        // lists and maps as they are now, in case it is they that are changed
        values.put(field.getName(), value instanceof Iterable<?> ? value.toString() : value);
      }
    }
    return values;
  }

  private static List<Method> setters(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !Modifier.isStatic(m.getModifiers()))
        .filter(m -> m.getReturnType() == type && !m.isSynthetic())
        .toList();
  }

  @Test
  void settersGiveAnotherBuilderAndChangeNothing() throws ReflectiveOperationException {
    List<String> called = new ArrayList<>();
    for (Object builder : builders) {
      Map<String, Object> before = fields(builder);
      assertThat(setters(builder.getClass())).as(builder.getClass().getSimpleName()).isNotEmpty();
      for (Method setter : setters(builder.getClass())) {
        String name = builder.getClass().getSimpleName() + "." + setter.getName();
        Object changed;
        try {
          changed = setter.invoke(builder, values(setter));
        } catch (ReflectiveOperationException e) {
          assertThat(e.getCause()).as(name).isInstanceOf(VerydeepException.class);
          continue; // the value does not suit it
        }
        assertThat(changed).as(name).isNotSameAs(builder);
        assertThat(fields(builder)).as(name).isEqualTo(before);
        called.add(name);
      }
    }
    assertThat(called).hasSizeGreaterThan(100);
  }

  @Test
  void unfinishedBuildersSayWhatTheyAre() {
    for (Object builder : builders) {
      assertThat(builder.toString()).doesNotContain(builder.getClass().getSimpleName() + "@");
      assertThat(builder.toString().lines().findFirst().orElseThrow()).hasSizeLessThan(200);
    }
  }

  /** A new builder has to be added above, or be named as a value. */
  @Test
  void allBuildersAreTriedHere() {
    Set<String> tried =
        builders.stream().map(b -> b.getClass().getSimpleName()).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    for (Class<?> type : publicTypes()) {
      String name = type.getSimpleName();
      if (!type.isInterface()
          && !setters(type).isEmpty()
          && !tried.contains(name)
          && !VALUES.contains(name)) {
        missing.add(name);
      }
    }
    assertThat(missing).isEmpty();
  }

  private static List<Class<?>> publicTypes() {
    Path list = Repository.root().resolve("toolkit/src/test/resources/verydeep/public-types.txt");
    try {
      List<Class<?>> types = new ArrayList<>();
      for (String name : Files.readAllLines(list)) {
        types.add(Class.forName(name));
      }
      return types;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
