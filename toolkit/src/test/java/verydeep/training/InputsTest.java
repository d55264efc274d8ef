package verydeep.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import verydeep.internal.images.Levels;

/** Images that a card looks up are those that a CPU is given. */
class InputsTest {

  private static final int SIDE = 6;
  private static final int IMAGES = 5;

  private static Levels levels() {
    Random random = new Random(3);
    byte[] bytes = new byte[IMAGES * 3 * SIDE * SIDE];
    random.nextBytes(bytes);
    FloatBuffer tables =
        ByteBuffer.allocateDirect(4 * 3 * IMAGES * Levels.COUNT)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < tables.capacity(); i++) {
      tables.put(i, (float) random.nextGaussian());
    }
    return new Levels(ByteBuffer.allocateDirect(bytes.length).put(0, bytes), tables, IMAGES);
  }

  @Test
  void levelsAreLookedUpToTheBit() {
    Inputs looked = new Inputs.Looked(levels());
    Inputs floats = new Inputs.Floats(levels().floats());
    try (NDManager scope = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT16}) {
        for (int[] share : new int[][] {{0, 5}, {0, 2}, {3, 5}}) {
          var given = looked.load(scope, share[0], share[1], SIDE, type);
          var expected = floats.load(scope, share[0], share[1], SIDE, type);
          assertThat(given.getShape()).isEqualTo(expected.getShape());
          assertThat(given.getDataType()).isEqualTo(type);
          assertThat(given.toType(DataType.FLOAT32, true).toFloatArray())
              .isEqualTo(expected.toType(DataType.FLOAT32, true).toFloatArray());
        }
      }
    }
  }
}
