package verydeep.internal.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.network.Configuration;
import verydeep.network.ParameterShape;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

class WeightLayoutTest {

  @ParameterizedTest
  @EnumSource
  void flatAndShapedAreEachOthersInverse(WeightLayout layout) {
    Vgg net = Vgg.of(Configuration.A).classes(3).width(1 / 16.0).input(32).build();
    Parameters weights = Parameters.initial(net, 1);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      for (ParameterShape shape : net.parameterShapes()) {
        NDArray loaded = NativeTensors.load(manager, weights.get(shape.name()), layout);
        float[] expected = weights.get(shape.name()).toArray();
        assertThat(loaded.toFloatArray()).as(shape.name()).isEqualTo(expected);
        NDArray flat = layout.flat(loaded);
        assertThat(flat.getShape()).isEqualTo(new Shape(shape.size()));
        assertThat(layout.shaped(flat, shape).toFloatArray()).isEqualTo(expected);
        // a view: what is written to one is read from the other
        flat.set(new NDIndex(":"), 0);
        assertThat(loaded.toFloatArray()).containsOnly(0);
      }
    }
  }
}
