package verydeep;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.cpu.Arithmetic;
import verydeep.data.Augmentation;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.TrainingScale;
import verydeep.data.View;
import verydeep.drawn.DrawnImages;
import verydeep.evaluation.Evaluation;
import verydeep.internal.batches.Batches;
import verydeep.network.Configuration;
import verydeep.network.Initialization;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.training.Precision;
import verydeep.training.Progress;
import verydeep.training.Recipe;
import verydeep.training.Start;
import verydeep.training.Training;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.LinearSvm;
import verydeep.transfer.RandomSplits;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** What is set goes into a new builder; the one that was called stays as it was. */
class BuildersTest {

  @TempDir Path folder;

  private List<Object> builders() {
    Images photos = DrawnImages.noise(folder, 1, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40);
    Vgg convolutions = Vgg.of(Configuration.A).width(1 / 16.0).input(32).convolutionsOnly().build();
    Vgg network = convolutions.with().classifier().classes(photos.classes().size()).build();
    Checkpoint features =
        Checkpoint.of(
            Parameters.initial(convolutions, 1),
            List.of(),
            Preprocessing.caffe(),
            Provenance.unknown());
    Checkpoint classifier =
        Checkpoint.of(
            Parameters.initial(network, 1),
            photos.classes(),
            Preprocessing.caffe(),
            Provenance.unknown());
    FeatureExtractor extractor = FeatureExtractor.of(features).scales(32).quiet();
    var vectors = extractor.run(photos);
    return List.of(
        Vgg.of(Configuration.A),
        Training.of(network, photos, photos),
        Batches.of(photos),
        Evaluation.of(classifier, photos),
        extractor,
        LinearSvm.of(vectors),
        RandomSplits.of(vectors, 1));
  }

  private static Object value(Class<?> type, Checkpoint checkpoint) {
    Map<Class<?>, Object> values = new LinkedHashMap<>();
    values.put(int.class, 2);
    values.put(long.class, 5L);
    values.put(double.class, 0.5);
    values.put(boolean.class, true);
    values.put(int[].class, new int[] {40, 48});
    values.put(String.class, "pool4");
    values.put(Path.class, Path.of("somewhere"));
    values.put(Duration.class, Duration.ofSeconds(7));
    values.put(Device[].class, new Device[] {Device.cpu(), Device.cpu()});
    values.put(Recipe.class, Recipe.paper().batch(3));
    values.put(TrainingScale.class, TrainingScale.fixed(99));
    values.put(Augmentation.class, Augmentation.none());
    values.put(Start.class, Start.random());
    values.put(Precision.class, Precision.MIXED);
    values.put(Progress.class, Progress.silent());
    values.put(Initialization.class, Initialization.paper());
    values.put(Preprocessing.class, Preprocessing.torchvision());
    values.put(Arithmetic.class, Arithmetic.DJL);
    values.put(View.class, View.centerCrop());
    values.put(Checkpoint.class, checkpoint);
    return values.get(type);
  }

  private static Map<String, Object> fields(Object builder) throws IllegalAccessException {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : builder.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        values.put(field.getName(), field.get(builder));
      }
    }
    return values;
  }

  @Test
  void settersGiveAnotherBuilderAndChangeNothing() throws ReflectiveOperationException {
    Checkpoint checkpoint =
        Checkpoint.of(
            Parameters.initial(
                Vgg.of(Configuration.A).width(1 / 16.0).input(32).classes(3).build(), 1),
            List.of("a", "b", "c"),
            Preprocessing.caffe(),
            Provenance.unknown());
    List<String> called = new ArrayList<>();
    for (Object builder : builders()) {
      Class<?> type = builder.getClass();
      Map<String, Object> before = fields(builder);
      List<Method> setters =
          Stream.of(type.getDeclaredMethods())
              .filter(
                  m -> Modifier.isPublic(m.getModifiers()) && !Modifier.isStatic(m.getModifiers()))
              .filter(m -> m.getReturnType() == type)
              .toList();
      assertThat(setters).as(type.getSimpleName()).isNotEmpty();
      for (Method setter : setters) {
        Object[] values =
            Stream.of(setter.getParameterTypes()).map(p -> value(p, checkpoint)).toArray();
        if (Stream.of(values).anyMatch(v -> v == null)) {
          continue; // a type of which this test has no value
        }
        String name = type.getSimpleName() + "." + setter.getName();
        Object changed = setter.invoke(builder, values);
        assertThat(changed).as(name).isNotSameAs(builder);
        assertThat(fields(builder)).as(name).isEqualTo(before);
        called.add(name);
      }
    }
    assertThat(called).hasSizeGreaterThan(50);
  }

  @Test
  void unfinishedBuildersSayWhatTheyAre() {
    for (Object builder : builders()) {
      assertThat(builder.toString()).doesNotContain(builder.getClass().getSimpleName() + "@");
      assertThat(builder.toString().lines().findFirst().orElseThrow()).hasSizeLessThan(200);
    }
  }
}
