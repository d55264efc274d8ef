package verydeep.internal.report;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * At most 256 colors for an image, which make its PNG a third as large: notebooks are stored with
 * their images. The box of colors with the largest deviation is divided at its mean, again and
 * again. There is no dithering, which would cost what was gained.
 */
final class Palette {

  private static final int COLORS = 256;

  /** Colors that share the upper five bits of red, green and blue count as one. */
  private static final int CELLS = 1 << 15;

  private final long[] counts = new long[CELLS];
  private final long[][] sums = new long[3][CELLS];

  private Palette() {}

  static BufferedImage reduced(BufferedImage image) {
    return new Palette().reduce(image);
  }

  private BufferedImage reduce(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
    for (int rgb : pixels) {
      int cell = cell(rgb);
      counts[cell]++;
      for (int channel = 0; channel < 3; channel++) {
        sums[channel][cell] += value(rgb, channel);
      }
    }
    List<Box> boxes = boxes();
    byte[][] colors = new byte[3][boxes.size()];
    byte[] index = new byte[CELLS];
    for (int i = 0; i < boxes.size(); i++) {
      for (int channel = 0; channel < 3; channel++) {
        colors[channel][i] = (byte) Math.round(boxes.get(i).means[channel]);
      }
      for (int cell : boxes.get(i).cells) {
        index[cell] = (byte) i;
      }
    }
    byte[] indices = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      indices[i] = index[cell(pixels[i])];
    }
    IndexColorModel model = new IndexColorModel(8, boxes.size(), colors[0], colors[1], colors[2]);
    BufferedImage reduced =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    reduced.getRaster().setDataElements(0, 0, width, height, indices);
    return reduced;
  }

  private List<Box> boxes() {
    PriorityQueue<Box> boxes =
        new PriorityQueue<>(Comparator.comparingDouble((Box box) -> -box.deviation));
    boxes.add(new Box(IntStream.range(0, CELLS).filter(cell -> counts[cell] > 0).toArray()));
    while (boxes.size() < COLORS && boxes.element().deviation > 0) {
      Box box = boxes.remove();
      boxes.add(box.half(true));
      boxes.add(box.half(false));
    }
    return new ArrayList<>(boxes);
  }

  private static int cell(int rgb) {
    return (rgb >> 9 & 0x7c00) | (rgb >> 6 & 0x3e0) | (rgb >> 3 & 0x1f);
  }

  private static int value(int rgb, int channel) {
    return rgb >> (16 - 8 * channel) & 0xff;
  }

  /** Colors that may become one. */
  private final class Box {

    private final int[] cells;
    private final double[] means = new double[3];
    private int widest;
    private double deviation;

    Box(int[] cells) {
      this.cells = cells;
      long count = Arrays.stream(cells).mapToLong(cell -> counts[cell]).sum();
      for (int channel = 0; channel < 3; channel++) {
        for (int cell : cells) {
          means[channel] += (double) sums[channel][cell] / count;
        }
        double own = 0;
        for (int cell : cells) {
          own += counts[cell] * Math.pow(mean(channel, cell) - means[channel], 2);
        }
        if (cells.length > 1 && own > deviation) {
          deviation = own;
          widest = channel;
        }
      }
    }

    private double mean(int channel, int cell) {
      return (double) sums[channel][cell] / counts[cell];
    }

    Box half(boolean lower) {
      return new Box(
          Arrays.stream(cells)
              .filter(cell -> mean(widest, cell) <= means[widest] == lower)
              .toArray());
    }
  }
}
