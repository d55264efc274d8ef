package verydeep.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import verydeep.data.BoundingBox;
import verydeep.data.Images;
import verydeep.data.Rgb;
import verydeep.internal.passes.Activations;
import verydeep.network.MapShape;
import verydeep.network.NetworkSummary;

/** The strongest activations of each channel of a layer so far, one of each image. */
final class PatchSearch {

  private final NetworkSummary.Row layer;
  private final int count;
  private final List<List<Found>> best = new ArrayList<>();
  private final float[] inside;

  /** The strongest activation of an image, and whether it is at the border. */
  private record Found(int image, float value, int row, int column, boolean border) {}

  /**
   * A search that has seen nothing.
   *
   * @param layer a row of any summary of the network
   * @param count how many images are kept for each channel
   */
  PatchSearch(NetworkSummary.Row layer, int count) {
    this.layer = layer;
    this.count = count;
    int channels = layer.output().channels();
    IntStream.range(0, channels).forEach(channel -> best.add(new ArrayList<>()));
    inside = new float[channels];
  }

  /**
   * Looks at an image.
   *
   * @param image its index
   * @param maps a batch of activations of the layer
   * @param place its index in the batch
   * @param height its height in pixels
   * @param width its width in pixels
   */
  void add(int image, Activations maps, int place, int height, int width) {
    MapShape shape = maps.shape();
    Inside area = Inside.of(layer, shape, height, width);
    IntStream.range(0, shape.channels())
        .parallel()
        .forEach(channel -> add(image, maps, place, channel, area));
  }

  private void add(int image, Activations maps, int place, int channel, Inside area) {
    MapShape shape = maps.shape();
    int from = (place * shape.channels() + channel) * shape.height() * shape.width();
    float highest = 0; // what does not answer is no patch
    int at = -1;
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        int index = row * shape.width() + column;
        float value = maps.values()[from + index];
        if (value > highest) {
          highest = value;
          at = index;
        }
        if (value > inside[channel] && area.holds(row, column)) {
          inside[channel] = value;
        }
      }
    }
    if (at >= 0) {
      int row = at / shape.width();
      int column = at % shape.width();
      keep(channel, new Found(image, highest, row, column, !area.holds(row, column)));
    }
  }

  /** In order; of equal ones the first image first. */
  private void keep(int channel, Found found) {
    List<Found> kept = best.get(channel);
    int at = kept.size();
    while (at > 0 && kept.get(at - 1).value() < found.value()) {
      at--;
    }
    kept.add(at, found);
    if (kept.size() > count) {
      kept.remove(count);
    }
  }

  /** What was found, channel by channel. */
  List<StrongestPatches.Channel> found(Images images, int scale, Rgb padding) {
    List<StrongestPatches.Channel> all = new ArrayList<>();
    for (int channel = 0; channel < best.size(); channel++) {
      List<Found> kept = best.get(channel);
      List<StrongestPatches.Patch> patches = new ArrayList<>();
      for (Found found : kept) {
        patches.add(
            new StrongestPatches.Patch(
                images.file(found.image()),
                found.image(),
                found.value(),
                found.row(),
                found.column(),
                box(found),
                scale,
                padding,
                images.box(found.image())));
      }
      boolean border =
          !kept.isEmpty()
              && kept.stream().allMatch(Found::border)
              && inside[channel] < kept.get(kept.size() - 1).value() / 2;
      all.add(new StrongestPatches.Channel(layer.layer().name(), channel, patches, border));
    }
    return all;
  }

  private BoundingBox box(Found found) {
    double left = layer.offset() + (double) found.column() * layer.stride();
    double top = layer.offset() + (double) found.row() * layer.stride();
    int side = layer.receptiveField();
    return new BoundingBox(left, top, left + side, top + side);
  }

  /** The places that are not at the border. */
  private record Inside(int top, int left, int bottom, int right) {

    /** Those whose field lies in the image, or, if there are none, all but the outermost. */
    static Inside of(NetworkSummary.Row layer, MapShape shape, int height, int width) {
      int first = Math.floorDiv(-layer.offset() + layer.stride() - 1, layer.stride());
      int bottom = last(layer, height);
      int right = last(layer, width);
      return first <= bottom && first <= right
          ? new Inside(
              first,
              first,
              Math.min(bottom, shape.height() - 1),
              Math.min(right, shape.width() - 1))
          : new Inside(1, 1, shape.height() - 2, shape.width() - 2);
    }

    private static int last(NetworkSummary.Row layer, int side) {
      return Math.floorDiv(side - layer.receptiveField() - layer.offset(), layer.stride());
    }

    boolean holds(int row, int column) {
      return row >= top && row <= bottom && column >= left && column <= right;
    }
  }
}
