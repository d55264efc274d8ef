package verydeep.network;

import java.util.ArrayList;
import java.util.List;

/** Builds the list of layers from a configuration of Table 1 and the user's settings. */
final class LayerList {

  /** The number of units of fc6 and fc7 (Table 1). */
  private static final int FULLY_CONNECTED_UNITS = 4096;

  private final List<Layer> layers = new ArrayList<>();
  private final VggBuilder settings;
  private int channels = 3;

  private LayerList(VggBuilder settings) {
    this.settings = settings;
  }

  static List<Layer> of(VggBuilder settings) {
    LayerList list = new LayerList(settings);
    for (int block = 1; block <= settings.configuration.blocks().size(); block++) {
      list.block(block);
    }
    if (!settings.convolutionsOnly) {
      list.classifier();
    }
    return List.copyOf(list.layers);
  }

  private void block(int block) {
    int position = 0;
    for (Configuration.Unit unit : settings.configuration.units(block - 1)) {
      if (unit.isNormalization()) {
        layers.add(Layer.LocalResponseNormalization.krizhevsky("norm" + block));
        continue;
      }
      position++;
      String place = block + "_" + position;
      int outputs = scaled(unit.channels());
      layers.add(new Layer.Convolution("conv" + place, unit.kernel(), channels, outputs));
      if (settings.batchNorm) {
        layers.add(new Layer.BatchNormalization("bn" + place, outputs));
      }
      layers.add(new Layer.Relu("relu" + place));
      channels = outputs;
    }
    layers.add(new Layer.MaxPooling("pool" + block));
  }

  private void classifier() {
    int window = settings.input >> settings.configuration.blocks().size();
    int units = units(settings);
    hidden(6, window, channels, units);
    hidden(7, 1, units, units);
    if (!settings.throughFc7) {
      layers.add(new Layer.FullyConnected("fc8", 1, units, settings.classes));
    }
  }

  private void hidden(int number, int window, int inputs, int units) {
    layers.add(new Layer.FullyConnected("fc" + number, window, inputs, units));
    layers.add(new Layer.Relu("relu" + number));
    layers.add(new Layer.Dropout("drop" + number, settings.dropout));
  }

  /** Returns the number of units of fc6 and fc7. */
  static int units(VggBuilder settings) {
    return settings.units == null ? unitsOfTable1(settings.width) : settings.units;
  }

  static int unitsOfTable1(double width) {
    return (int) Math.round(FULLY_CONNECTED_UNITS * width);
  }

  private int scaled(int channels) {
    return (int) Math.round(channels * settings.width);
  }
}
