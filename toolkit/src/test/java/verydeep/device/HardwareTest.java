package verydeep.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.internal.devices.Gpus;
import verydeep.internal.devices.Libtorch;
import verydeep.internal.djl.DirectBuffers;
import verydeep.internal.djl.PinnedMemory;

class HardwareTest {

  @Test
  void reportsWhatIsPresentAndWhatIsMissing() {
    Hardware here = Hardware.here();
    assertThat(here.cores()).isPositive();
    assertThat(here.processor()).isNotBlank();
    assertThat(here.usable()).isEqualTo(Gpus.count());
    assertThat(here.toString()).contains("processor", "driver", "libtorch", "computes");
    if (here.usable() == 0) {
      assertThat(here.advice()).hasSize(1);
      assertThat(here.toString()).contains("on the CPU", here.advice().get(0));
      assertThat(here.name()).isEqualTo(here.processor());
    } else {
      assertThat(here.gpus()).isNotEmpty();
      assertThat(here.name()).isEqualTo(here.gpus().get(0).name());
    }
  }

  @Test
  void aCardPrintsItsMemory() {
    assertThat(new Hardware.Gpu(1, "NVIDIA H100 80GB HBM3", 85_520_809_984L, 85_017_493_504L))
        .hasToString("card 1: NVIDIA H100 80GB HBM3, 79.2 of 79.6 GiB free");
  }

  @Test
  void theVersionOfPythonsLibtorchIsRead(@TempDir Path torch) throws IOException {
    Files.writeString(torch.resolve("version.py"), "__version__ = '2.11.0+cu130'\ndebug = False\n");
    assertThat(Libtorch.pythonVersion(torch.resolve("lib"))).isEqualTo("2.11.0+cu130");
    assertThat(Libtorch.pythonVersion(torch)).isEmpty();
  }

  /** The names by which they are called are in the libtorch that the tests run on. */
  @Test
  void libtorchsSwitchesAreFound() {
    Hardware.here();
    assertThat(Gpus.canSwitchTf32()).isTrue();
    Libtorch.allowTf32(true);
    Libtorch.allowTf32(false);
    Libtorch.useCudnn(false);
    Libtorch.useCudnn(true);
  }

  @Test
  void bytesOfABufferAreItsMemory() {
    FloatBuffer floats =
        ByteBuffer.allocateDirect(40).order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int i = 0; i < 10; i++) {
      floats.put(i, i);
    }
    ByteBuffer bytes = DirectBuffers.bytes(floats.slice(3, 4));
    assertThat(bytes.remaining()).isEqualTo(16);
    assertThat(bytes.getFloat(4)).isEqualTo(4);
    floats.put(4, -1);
    assertThat(bytes.getFloat(4)).isEqualTo(-1);
    assertThat(DirectBuffers.isDirect(floats)).isTrue();
    assertThat(DirectBuffers.isDirect(FloatBuffer.allocate(4))).isFalse();
    ByteOrder other =
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
            ? ByteOrder.BIG_ENDIAN
            : ByteOrder.LITTLE_ENDIAN;
    assertThat(DirectBuffers.isDirect(ByteBuffer.allocateDirect(8).order(other).asFloatBuffer()))
        .isFalse();
  }

  @Test
  void withoutACardNothingIsPinned() {
    try (PinnedMemory pinned = new PinnedMemory()) {
      pinned.pin(ByteBuffer.allocateDirect(8));
      pinned.pin(ByteBuffer.allocate(8));
    }
    Gpus.empty();
    Gpus.allowTf32(true);
  }
}
