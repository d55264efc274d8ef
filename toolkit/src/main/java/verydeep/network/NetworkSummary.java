package verydeep.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The output shape, receptive field (its side, stride and offset) and cost of each layer of a
 * network, for an image of a given size.
 *
 * @param network the network
 * @param height the image's height in pixels
 * @param width the image's width in pixels
 * @param rows one row per layer, first to last
 */
public record NetworkSummary(Vgg network, int height, int width, List<Row> rows) {

  /**
   * One layer.
   *
   * @param layer the layer
   * @param output the shape of its output for one image
   * @param receptiveField the side of the square of the image that one output can depend on, in
   *     pixels
   * @param stride the distance between the receptive fields of neighboring outputs, in pixels
   * @param offset the image's row and column at which the receptive field of the first output
   *     begins; below 0 where it begins in the zero padding. That of the output at row r and column
   *     c begins at row {@code offset + r * stride} and column {@code offset + c * stride}
   * @param parameters the number of learned parameters
   * @param macs the number of multiply-accumulate operations for one image
   */
  public record Row(
      Layer layer,
      MapShape output,
      int receptiveField,
      int stride,
      int offset,
      long parameters,
      long macs) {}

  /**
   * Copies the rows.
   *
   * @param network the network
   * @param height the image's height in pixels
   * @param width the image's width in pixels
   * @param rows one row per layer, first to last
   */
  public NetworkSummary {
    rows = List.copyOf(rows);
  }

  static NetworkSummary of(Vgg network, int height, int width) {
    List<Row> rows = new ArrayList<>();
    MapShape shape = new MapShape(3, height, width);
    int receptiveField = 1;
    int stride = 1;
    int offset = 0;
    for (Layer layer : network.layers()) {
      MapShape output = layer.output(shape);
      receptiveField += (layer.kernel() - 1) * stride;
      offset -= padding(layer) * stride;
      stride *= layer.stride();
      long parameters =
          layer.parameters().stream()
              .filter(ParameterShape::learned)
              .mapToLong(ParameterShape::size)
              .sum();
      long macs = layer.macs(shape);
      rows.add(new Row(layer, output, receptiveField, stride, offset, parameters, macs));
      shape = output;
    }
    return new NetworkSummary(network, height, width, rows);
  }

  private static int padding(Layer layer) {
    return layer instanceof Layer.Convolution convolution ? convolution.padding() : 0;
  }

  /**
   * Returns the number of learned parameters in all layers (Table 2).
   *
   * @return the number of parameters
   */
  public long parameters() {
    return rows.stream().mapToLong(Row::parameters).sum();
  }

  /**
   * Returns the multiply-accumulate operations of all layers for one image.
   *
   * @return the number of MACs
   */
  public long macs() {
    return rows.stream().mapToLong(Row::macs).sum();
  }

  /**
   * Returns the shape of the last layer's output: the class score map, or pool5.
   *
   * @return the shape
   */
  public MapShape output() {
    return rows.get(rows.size() - 1).output();
  }

  /**
   * Returns the row of a layer.
   *
   * @param layer the name of the layer
   * @return the row
   * @throws verydeep.VerydeepException if the network has no such layer
   */
  public Row row(String layer) {
    return rows.get(network.layers().indexOf(network.layer(layer)));
  }
}
