package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import java.util.List;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;
import verydeep.network.Configuration;
import verydeep.network.Vgg;

class MicroBatchTest {

  private static final Vgg NET =
      Vgg.of(Configuration.A).classes(3).width(1 / 16.0).input(32).build();
  private final EngineException full =
      new EngineException("CUDA out of memory. Tried to allocate 20.00 GiB.");

  private static MicroBatch of(int microBatch) {
    return MicroBatch.of(
        new DjlDescent.Setting(
            List.of(Device.cpu()), LayerRates.EVEN, microBatch, Precision.FLOAT32),
        NET);
  }

  @Test
  void asManyAsFitIsAPowerOfTwo() {
    int images = of(MicroBatch.FITTING).images();
    assertThat(images).isPositive();
    assertThat(Integer.bitCount(images)).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsHalvedDownToOne() {
    MicroBatch batch = of(MicroBatch.FITTING);
    batch.shrink(full, 12);
    assertThat(batch.images()).isEqualTo(8);
    batch.shrink(full, 8);
    assertThat(batch.images()).isEqualTo(4);
    batch.shrink(full, 2);
    assertThat(batch.images()).isEqualTo(1);
    assertThatThrownBy(() -> batch.shrink(full, 1))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll(
            "micro-batch of 1 image of", "A, width 0.0625 at 32 pixels", "smaller")
        .hasCause(full);
  }

  @Test
  void aNumberThatWasAskedForIsNotChanged() {
    assertThatThrownBy(() -> of(256).shrink(full, 256))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("micro-batch of 256 images of", "float32", "fittingMicroBatch()");
  }

  @Test
  void anotherFailureIsNoMatterOfMemory() {
    EngineException other = new EngineException("cuDNN error: CUDNN_STATUS_NOT_SUPPORTED");
    assertThatThrownBy(() -> of(MicroBatch.FITTING).shrink(other, 8)).isSameAs(other);
  }

  @Test
  void sixteenBitsTakeLessThanThirtyTwo() {
    assertThat(MicroBatch.bytes(NET, Precision.MIXED))
        .isLessThan(MicroBatch.bytes(NET, Precision.TF32));
  }
}
