package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static verydeep.network.Configuration.A;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.data.UnreadableImageException;
import verydeep.drawn.DrawnImages;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.network.VggBuilder;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

@Timeout(30)
class EvaluationErrorsTest {

  @TempDir Path root;
  private Images images;

  @BeforeEach
  void draw() {
    images = DrawnImages.noise(root, 1, 40, 40, 50, 40, 40, 60);
  }

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    Thread.interrupted();
    assertThat(DrawnImages.threadsLeft()).isEmpty();
  }

  private static VggBuilder net() {
    return Vgg.of(A).classes(3).width(1 / 16.0).input(32);
  }

  private static Checkpoint checkpoint(Vgg net, String... classes) {
    return Checkpoint.of(
        Parameters.initial(net, 1),
        List.of(classes),
        Preprocessing.paper(new Rgb(120, 110, 100)),
        Provenance.unknown());
  }

  private static Checkpoint abc() {
    return checkpoint(net().build(), "a", "b", "c");
  }

  @Test
  void aClassThatTheNetworkDoesNotKnow() {
    Checkpoint abd = checkpoint(net().build(), "a", "b", "d");
    assertThatThrownBy(() -> Evaluation.of(abd, images).scales(40).quiet().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("\"c\"", "does not know", "\"a\", \"b\", \"d\"");
  }

  @Test
  void aNetworkWithoutAClassifier() {
    Checkpoint convolutions = checkpoint(net().convolutionsOnly().build());
    assertThatThrownBy(() -> Evaluation.of(convolutions, images).scales(40).quiet().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("gives no classes");
  }

  @Test
  void aScaleBelowTheWindow() {
    assertThatThrownBy(() -> Evaluation.of(abc(), images).scales(40, 31).quiet().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("Q=31", "window of 32", "use 32 or more");
    assertThatThrownBy(() -> Evaluation.of(abc(), images).centerCrop().scales(31).quiet().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("Q=31");
    assertThatThrownBy(() -> Evaluation.of(abc(), images).scales(-1).quiet().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void aCheckpointThatDoesNotSayItsScale() {
    assertThatThrownBy(() -> Evaluation.of(abc(), images).quiet().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("scales(...)");
  }

  @Test
  void anUnreadableImageIsNamed() {
    Path file = DrawnImages.broken(root.resolve("b/zzz.png"));
    Images all = Images.folder(root);
    assertThatThrownBy(() -> Evaluation.of(abc(), all).scales(40).quiet().run())
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining(file.toString());
    assertThat(
            Evaluation.of(abc(), all.skippingUnreadable()).scales(40).quiet().run().predictions())
        .hasSize(3);
  }

  @Test
  void imagesOfWhichNoneCanBeRead() {
    Path file = DrawnImages.broken(root.resolve("b/zzz.png"));
    Images broken = Images.folder(root).subset(2);
    assertThat(broken.file(0)).isEqualTo(file);
    assertThatThrownBy(
            () -> Evaluation.of(abc(), broken).skippingUnreadable().scales(40).quiet().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("None of the 1 images", file.toString());
  }

  @Test
  void anInterruptBeforehand() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Evaluation.of(abc(), images).scales(40).quiet().run())
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptInTheMiddle() {
    Images many = images.subset(IntStream.range(0, 100_000).map(i -> i % 3).toArray());
    Thread tested = Thread.currentThread();
    Thread stop =
        new Thread(
            () -> {
              try {
                Thread.sleep(300);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              tested.interrupt();
            });
    stop.start();
    assertThatThrownBy(() -> Evaluation.of(abc(), many).scales(40).quiet().run())
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
