package verydeep.internal.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import verydeep.data.Goldens;
import verydeep.data.Images;
import verydeep.data.Preprocessing;

/** No thread outlives its batches. */
@Timeout(20)
class BatchesClosingTest {
  @TempDir Path root;
  private Images images;

  @BeforeEach
  void images() throws IOException {
    images = Goldens.images(root, 9, 8, 6);
  }

  private BatchesBuilder settings() {
    return Batches.of(images).window(16).preprocessing(Preprocessing.caffe()).size(5);
  }

  @Test
  void closingAtAnyMomentEndsAllThreads() {
    for (int taken = 0; taken <= 5; taken++) {
      Batches batches = settings().threads(3).open();
      Iterator<Batch> iterator = batches.iterator();
      for (int i = 0; i < taken; i++) {
        iterator.next();
      }
      batches.close();
      batches.close();
      assertThat(threads()).isZero();
    }
    Batches closed = settings().open();
    closed.close();
    assertThatThrownBy(() -> closed.iterator().next()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void threadsEndByThemselvesAtTheEndOfTheEpoch() throws InterruptedException {
    Batches batches = settings().open();
    batches.forEach(batch -> {});
    for (int i = 0; i < 100 && threads() > 0; i++) {
      Thread.sleep(10);
    }
    assertThat(threads()).isZero();
    assertThat(batches.waitNanos()).isPositive();
    assertThatThrownBy(batches::iterator).isInstanceOf(IllegalStateException.class);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("verydeep-images"))
        .count();
  }

  @Test
  void anInterruptIsHonouredAndKept() {
    try (Batches batches = settings().open()) {
      Iterator<Batch> iterator = batches.iterator();
      iterator.next();
      Thread.currentThread().interrupt();
      assertThatThrownBy(iterator::next).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(threads()).isZero();
  }
}
