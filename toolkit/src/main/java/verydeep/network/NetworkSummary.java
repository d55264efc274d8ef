package verydeep.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The output shape, receptive field and cost of each layer of a network, for an image of a given
 * size.
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
   * @param parameters the number of learned parameters
   * @param macs the number of multiply-accumulate operations for one image
   */
  public record Row(Layer layer, MapShape output, int receptiveField, long parameters, long macs) {}

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
    int step = 1;
    for (Layer layer : network.layers()) {
      MapShape output = layer.output(shape);
      receptiveField += (layer.kernel() - 1) * step;
      step *= layer.stride();
      long parameters =
          layer.parameters().stream()
              .filter(ParameterShape::learned)
              .mapToLong(ParameterShape::size)
              .sum();
      rows.add(new Row(layer, output, receptiveField, parameters, layer.macs(shape)));
      shape = output;
    }
    return new NetworkSummary(network, height, width, rows);
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
   * @throws UnknownLayerException if the network has no such layer
   */
  public Row row(String layer) {
    return rows.get(network.layers().indexOf(network.layer(layer)));
  }
}
