package verydeep.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import verydeep.data.Preprocessing;
import verydeep.inspection.ChannelMaps;
import verydeep.inspection.StrongestPatches;
import verydeep.internal.report.Style;
import verydeep.network.Layer;
import verydeep.network.Tensor;
import verydeep.weights.Checkpoint;

/** What a network's channels are, and what they respond to. */
final class ChannelPictures {

  private static final int FILTER = 36;
  private static final int FILTERS = 16;
  private static final int MAP = 108;
  private static final int MAPS = 6;
  private static final int PATCH = 64;

  private ChannelPictures() {}

  static Figure filters(Checkpoint checkpoint) {
    Layer.Convolution first = (Layer.Convolution) checkpoint.network().layers().get(0);
    Tensor weights = checkpoint.parameters().get(first.name() + ".weight");
    float[] all = weights.toArray();
    boolean rgb = checkpoint.preprocessing().order() == Preprocessing.ChannelOrder.RGB;
    List<TileSheet.Tile> tiles = new ArrayList<>();
    for (int k = 0; k < first.outputs(); k++) {
      tiles.add(new TileSheet.Tile(filter(all, k, first.kernel(), rgb), "", Style.INK));
    }
    String subtitle =
        "%d filters of %dx%d pixels of VGG %s; gray is 0, each as bright as its largest weight"
            .formatted(
                first.outputs(), first.kernel(), first.kernel(), checkpoint.network().label());
    int columns = Math.min(FILTERS, tiles.size());
    return TileSheet.of(
        "Filters of " + first.name(), subtitle, List.of(), tiles, FILTER, FILTER, columns);
  }

  private static BufferedImage filter(float[] weights, int filter, int side, boolean rgb) {
    int places = side * side;
    int from = 3 * places * filter;
    float largest = 1e-12f;
    for (int i = from; i < from + 3 * places; i++) {
      largest = Math.max(largest, Math.abs(weights[i]));
    }
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < places; i++) {
      int color = 0;
      for (int channel = 0; channel < 3; channel++) {
        int plane = rgb ? channel : 2 - channel;
        double share = weights[from + plane * places + i] / largest;
        color = color << 8 | (int) Math.round(127.5 + 127.5 * share);
      }
      image.setRGB(i % side, i / side, color);
    }
    return image;
  }

  static Figure maps(ChannelMaps maps, int count) {
    List<TileSheet.Tile> tiles = new ArrayList<>();
    int height = size(maps.image().height(), maps);
    int width = size(maps.image().width(), maps);
    tiles.add(
        new TileSheet.Tile(
            maps.image().resize(width, height).toBufferedImage(), "the image", Style.INK));
    for (int channel : maps.strongest(count)) {
      String caption = String.format(Locale.ROOT, "%d: up to %.3g", channel, maps.highest(channel));
      tiles.add(new TileSheet.Tile(map(maps, channel), caption, Style.INK));
    }
    String subtitle =
        "the %d of %d channels with the highest means, each as bright as its highest; of %s"
            .formatted(tiles.size() - 1, maps.shape().channels(), maps.network());
    return TileSheet.of(
        "Channels of " + maps.layer(), subtitle, List.of(), tiles, width, height, MAPS);
  }

  private static String number(float value) {
    return String.format(Locale.ROOT, value < 100 ? "%.3g" : "%,.0f", value);
  }

  private static int size(int side, ChannelMaps maps) {
    int longest = Math.max(maps.image().width(), maps.image().height());
    return Math.max(1, side * MAP / longest);
  }

  private static BufferedImage map(ChannelMaps maps, int channel) {
    int height = maps.shape().height();
    int width = maps.shape().width();
    float highest = Math.max(1e-12f, maps.highest(channel));
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        Color color = MapColors.sequential(maps.value(channel, y, x) / highest);
        image.setRGB(x, y, color.getRGB());
      }
    }
    return image;
  }

  static Figure patches(
      StrongestPatches patches, String layer, List<StrongestPatches.Channel> chosen) {
    int most = chosen.stream().mapToInt(channel -> channel.patches().size()).max().orElse(0);
    List<TileSheet.Tile> tiles = new ArrayList<>();
    for (StrongestPatches.Channel channel : chosen) {
      for (int i = 0; i < Math.max(1, most); i++) {
        tiles.add(tile(channel, i));
      }
    }
    long border =
        patches.channels(layer).stream().filter(StrongestPatches.Channel::onlyAtBorder).count();
    String subtitle =
        String.format(
            Locale.ROOT,
            "a row a channel, of %,d images at Q=%d; %sof %s",
            patches.images(),
            patches.scale(),
            border == 0 ? "" : border + " channels answer only at the border; ",
            patches.network());
    return TileSheet.of(
        "Strongest patches of " + layer,
        subtitle,
        List.of(),
        tiles,
        PATCH,
        PATCH,
        Math.max(1, most));
  }

  private static TileSheet.Tile tile(StrongestPatches.Channel channel, int index) {
    if (index >= channel.patches().size()) {
      BufferedImage blank = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
      blank.setRGB(0, 0, Color.WHITE.getRGB());
      String caption = index == 0 ? channel.channel() + ": nothing" : "";
      return new TileSheet.Tile(blank, caption, Style.FAINT);
    }
    StrongestPatches.Patch patch = channel.patches().get(index);
    BufferedImage image = patch.image().resize(PATCH, PATCH).toBufferedImage();
    String value = number(patch.activation());
    String caption = index == 0 ? channel.channel() + ": " + value : value;
    return channel.onlyAtBorder()
        ? new TileSheet.Tile(image, index == 0 ? caption + " (border)" : value, Style.RED)
        : new TileSheet.Tile(image, caption, index == 0 ? Style.INK : Style.FAINT);
  }
}
