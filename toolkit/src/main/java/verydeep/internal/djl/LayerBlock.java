package verydeep.internal.djl;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.LinkedHashMap;
import java.util.Map;
import verydeep.network.Layer;
import verydeep.network.MapShape;
import verydeep.network.ParameterShape;

/** One layer with parameters as a DJL block, so that the parameters carry the layer's name. */
public final class LayerBlock extends AbstractBlock {

  private static final byte VERSION = 1;

  private final transient Layer layer;
  private final Map<ParameterShape, Parameter> byShape = new LinkedHashMap<>();

  LayerBlock(Layer layer) {
    super(VERSION);
    this.layer = layer;
    for (ParameterShape shape : layer.parameters()) {
      byShape.put(
          shape,
          addParameter(
              Parameter.builder()
                  .setName(shape.role())
                  .setType(type(shape))
                  .optRequiresGrad(shape.learned())
                  .build()));
    }
  }

  Map<ParameterShape, Parameter> byShape() {
    return byShape;
  }

  private static Parameter.Type type(ParameterShape shape) {
    return switch (shape.role()) {
      case "weight" -> Parameter.Type.WEIGHT;
      case "bias" -> Parameter.Type.BIAS;
      case "running_mean" -> Parameter.Type.RUNNING_MEAN;
      default -> Parameter.Type.RUNNING_VAR;
    };
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> arguments) {
    var x = inputs.singletonOrThrow();
    return new NDList(
        LayerArithmetic.apply(
            layer, x, p -> store.getValue(byShape.get(p), x.getDevice(), training), training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape in = inputShapes[0];
    MapShape out = layer.output(new MapShape((int) in.get(1), (int) in.get(2), (int) in.get(3)));
    return new Shape[] {new Shape(in.get(0), out.channels(), out.height(), out.width())};
  }
}
