package verydeep.internal.onednn;

import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.lrn_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.data_type;
import org.bytedeco.dnnl.memory.format_tag;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import verydeep.network.Layer;
import verydeep.network.MapShape;

/**
 * Makes oneDNN's primitives for maps of one shape. What a primitive reads and writes is in the
 * layout that oneDNN likes best, and what the weights should be in is told by the result. All that
 * is made belongs to the PointerScope around it.
 */
final class Primitives {

  private final engine cpu;
  private final int images;

  Primitives(engine cpu, int images) {
    this.cpu = cpu;
    this.images = images;
  }

  /**
   * A primitive and the layouts of what it reads and writes.
   *
   * @param work what computes
   * @param source the layout of its input
   * @param weights the layout of its weights, or null
   * @param result the layout of its output
   */
  record Made(primitive work, memory.desc source, memory.desc weights, memory.desc result) {}

  /** Returns a layer's primitive. */
  Made of(Operation operation, MapShape from, memory.desc source, MapShape to, boolean scores) {
    Layer layer = operation.layer();
    if (layer instanceof Layer.Convolution convolution) {
      int border = (convolution.kernel() - 1) / 2;
      return convolution(from, to, convolution.kernel(), border, operation.relu(), scores);
    } else if (layer instanceof Layer.FullyConnected connected) {
      return to.height() == 1 && to.width() == 1
          ? product(from, to, operation.relu(), scores)
          : convolution(from, to, connected.window(), 0, operation.relu(), scores);
    } else if (layer instanceof Layer.MaxPooling) {
      return pooling(source, to);
    } else if (layer instanceof Layer.LocalResponseNormalization normalization) {
      return normalization(source, normalization);
    } else if (layer instanceof Layer.Relu) {
      return relu(source);
    }
    throw new AssertionError(layer);
  }

  private memory.desc maps(MapShape shape, boolean scores) {
    long[] sizes = {images, shape.channels(), shape.height(), shape.width()};
    return new memory.desc(sizes, scores ? data_type.f32 : data_type.bf16, format_tag.any);
  }

  private static memory.desc weights(MapShape from, MapShape to, int height, int width) {
    long[] sizes = {to.channels(), from.channels(), height, width};
    return new memory.desc(sizes, data_type.bf16, format_tag.any);
  }

  private static memory.desc bias(MapShape to) {
    return new memory.desc(new long[] {to.channels()}, data_type.f32, format_tag.x);
  }

  private static primitive_attr after(boolean relu) {
    primitive_attr attributes = new primitive_attr();
    if (relu) {
      post_ops operations = new post_ops();
      operations.append_eltwise(dnnl.dnnl_eltwise_relu, 0, 0);
      attributes.set_post_ops(operations);
    }
    return attributes;
  }

  private Made convolution(
      MapShape from, MapShape to, int kernel, int border, boolean relu, boolean scores) {
    long[] borders = {border, border};
    var description =
        new convolution_forward.primitive_desc(
            cpu,
            dnnl.dnnl_forward_inference,
            dnnl.dnnl_convolution_direct,
            maps(from, false),
            weights(from, to, kernel, kernel),
            bias(to),
            maps(to, scores),
            new long[] {1, 1},
            borders,
            borders,
            after(relu),
            false);
    return new Made(
        new convolution_forward(description),
        description.src_desc(),
        description.weights_desc(),
        description.dst_desc());
  }

  /** Returns a fully connected layer over a map of its window's size. */
  private Made product(MapShape from, MapShape to, boolean relu, boolean scores) {
    long[] sizes = {images, to.channels()};
    var description =
        new inner_product_forward.primitive_desc(
            cpu,
            dnnl.dnnl_forward_inference,
            maps(from, false),
            weights(from, to, from.height(), from.width()),
            bias(to),
            new memory.desc(sizes, scores ? data_type.f32 : data_type.bf16, format_tag.ab),
            after(relu),
            false);
    return new Made(
        new inner_product_forward(description),
        description.src_desc(),
        description.weights_desc(),
        description.dst_desc().reshape(new long[] {images, to.channels(), 1, 1}));
  }

  private Made pooling(memory.desc source, MapShape to) {
    long[] two = {2, 2};
    long[] none = {0, 0};
    var description =
        new pooling_forward.primitive_desc(
            cpu,
            dnnl.dnnl_forward_inference,
            dnnl.dnnl_pooling_max,
            source,
            maps(to, false),
            two,
            two,
            none,
            none,
            none);
    return new Made(new pooling_forward(description), source, null, description.dst_desc());
  }

  private Made normalization(memory.desc source, Layer.LocalResponseNormalization layer) {
    var description =
        new lrn_forward.primitive_desc(
            cpu,
            dnnl.dnnl_forward_inference,
            dnnl.dnnl_lrn_across_channels,
            source,
            source,
            layer.neighbours(),
            (float) (layer.alpha() * layer.neighbours()), // oneDNN divides by their number
            (float) layer.beta(),
            (float) layer.k());
    return new Made(new lrn_forward(description), source, null, description.dst_desc());
  }

  private Made relu(memory.desc source) {
    var description =
        new eltwise_forward.primitive_desc(
            cpu, dnnl.dnnl_forward_inference, dnnl.dnnl_eltwise_relu, source, source, 0f, 0f);
    return new Made(new eltwise_forward(description), source, null, description.dst_desc());
  }
}
