package verydeep.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import verydeep.classification.Classification;
import verydeep.classification.Classifier;
import verydeep.data.Rgb;
import verydeep.data.RgbImage;

/** Occlusion by hand: a classifier of which it is known what each square does. */
@Timeout(30)
class OcclusionTest {

  private static final RgbImage RED = Painted.plain(16, 16, new Rgb(255, 0, 0));

  @Test
  void aPixelHasTheMeanDropOfTheSquaresThatHideIt() {
    Attribution maps =
        Occlusion.of(new RedLeft()).patch(8).stride(8).color(new Rgb(0, 0, 0)).run(RED, "red");

    // the left half has two squares, each of which hides half of what counts
    AttributionMap map = maps.map("red");
    assertThat(map.score()).isCloseTo(1, within(1e-6));
    assertThat(map.value(0, 0)).isEqualTo(0.5f, within(1e-6f));
    assertThat(map.value(15, 7)).isEqualTo(0.5f, within(1e-6f));
    assertThat(map.value(0, 8)).isZero();
    assertThat(maps.unit()).isEqualTo("how much the score drops");
    assertThat(maps.method())
        .isEqualTo("Occlusion by squares of 8 pixels at distances of 8, red on the left");
  }

  @Test
  void overlappingSquaresAreAveraged() {
    AttributionMap map =
        Occlusion.of(new RedLeft())
            .patch(8)
            .stride(4)
            .color(new Rgb(0, 0, 0))
            .run(RED, "red")
            .map("red");

    // at the top left corner one square; in column 4 also those that begin there; in column 8
    // those that begin at 4, which hide half as much, and those that begin at 8
    assertThat(map.value(0, 0)).isEqualTo(0.5f, within(1e-6f));
    assertThat(map.value(0, 4)).isEqualTo((0.5f + 0.25f) / 2, within(1e-6f));
    assertThat(map.value(0, 8)).isEqualTo(0.25f / 2, within(1e-6f));
    assertThat(map.value(0, 15)).isZero();
  }

  @Test
  void theLastSquaresMayReachBeyondTheImage() {
    AttributionMap map = Occlusion.of(new RedLeft()).patch(7).stride(7).run(RED, "red").map("red");

    assertThat(map.rows()).isEqualTo(16);
    assertThat(map.columns()).isEqualTo(16);
    for (int i = 0; i < 256; i++) {
      assertThat(map.value(i / 16, i % 16)).as("pixel %d is hidden", i).isNotNaN();
    }
  }

  @Test
  void withoutSettingsSquaresAreAFifthOfTheSmallerSide() {
    RgbImage wide = Painted.plain(40, 25, new Rgb(200, 0, 0));

    assertThat(Occlusion.of(new RedLeft()).run(wide).method())
        .startsWith("Occlusion by squares of 5 pixels at distances of 2, ");
    assertThat(Occlusion.of(new RedLeft()).run(Painted.plain(3, 3, new Rgb(9, 0, 0))).method())
        .startsWith("Occlusion by squares of 1 pixels at distances of 1, ");
  }

  @Test
  void withoutNamesAllClassesUpToThreeHaveAMap() {
    assertThat(Occlusion.of(new RedLeft()).run(RED).classes()).containsExactly("red", "other");
  }

  @Test
  void squaresThatLeaveGapsOrHaveNoSideAreRefused() {
    Occlusion occlusion = Occlusion.of(new RedLeft());

    assertThatThrownBy(() -> occlusion.stride(0))
        .hasMessage("The distance of the squares is 0 pixels; it must be 1 or more.");
    assertThatThrownBy(() -> occlusion.patch(-3))
        .hasMessage("The side of the squares is -3 pixels; it must be 1 or more.");
    assertThatThrownBy(() -> occlusion.patch(4).stride(5).run(RED))
        .hasMessageContaining("sides of 4 pixels and distances of 5");
  }

  @Test
  void theSettingsArePrinted() {
    Occlusion occlusion = Occlusion.of(new RedLeft());

    assertThat(occlusion)
        .hasToString("Occlusion by squares of a fifth of the image, red on the left");
    assertThat(occlusion.patch(9)).hasToString("Occlusion by squares of 9 pixels, red on the left");
  }

  /** A classifier that fails on its fifth question, or waits for ever. */
  private static Classifier failing(Runnable fifth) {
    AtomicInteger asked = new AtomicInteger();
    return seeing(
        image -> {
          if (asked.incrementAndGet() == 5) {
            fifth.run();
          }
        });
  }

  /** A classifier that shows each image to somebody first. */
  private static Classifier seeing(Consumer<RgbImage> first) {
    RedLeft inner = new RedLeft();
    return new Classifier() {
      @Override
      public List<String> classNames() {
        return inner.classNames();
      }

      @Override
      public Classification.Kind kind() {
        return inner.kind();
      }

      @Override
      public String name() {
        return inner.name();
      }

      @Override
      public String arithmetic() {
        return inner.arithmetic();
      }

      @Override
      public long bytes() {
        return 0;
      }

      @Override
      public Classification classify(RgbImage image, String name) {
        first.accept(image);
        return inner.classify(image, name);
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void whatTheClassifierThrowsIsThrown() {
    Classifier classifier =
        failing(
            () -> {
              throw new UnsupportedOperationException("no more");
            });

    assertThatThrownBy(() -> Occlusion.of(classifier).patch(4).stride(4).run(RED))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("no more");
  }

  @Test
  void theHiddenImagesAreNotKept() {
    Queue<WeakReference<RgbImage>> given = new ConcurrentLinkedQueue<>(); // by several threads
    AtomicInteger count = new AtomicInteger();
    AtomicLong alive = new AtomicLong();
    Classifier classifier =
        seeing(
            image -> {
              given.add(new WeakReference<>(image));
              if (count.incrementAndGet() == 200) {
                List<WeakReference<RgbImage>> before = List.copyOf(given);
                for (int i = 0; i < 20 && (i == 0 || alive.get() >= 100); i++) {
                  System.gc(); // once may be too few
                  alive.set(before.stream().filter(seen -> seen.get() != null).count());
                }
              }
            });

    Occlusion.of(classifier).patch(2).stride(1).run(RED);

    assertThat(given).hasSize(226);
    assertThat(alive.get()).as("of 200, those that wait or are asked about").isLessThan(100);
  }

  @Test
  void anInterruptEndsIt() {
    Thread own = Thread.currentThread();
    Classifier classifier = failing(own::interrupt);

    assertThatThrownBy(() -> Occlusion.of(classifier).patch(2).stride(1).run(RED))
        .isInstanceOf(CancellationException.class)
        .hasMessage("The thread was interrupted.");
    assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
  }
}
