package verydeep.internal.report;

import java.awt.Color;
import java.util.stream.IntStream;

/**
 * Colors of the series of a chart, which people with color blindness can tell apart, too: up to
 * seven by Okabe and Ito (2008, the yellow and the black replaced), up to ten by Petroff
 * ("Accessible color sequences for data visualization", arXiv 2107.02270).
 */
final class SeriesColors {

  /** With more series than this, colors repeat. */
  static final int MOST = 10;

  private static final Color[] OKABE_ITO =
      colors(0x0072b2, 0xd55e00, 0x009e73, 0xe69f00, 0xcc79a7, 0x56b4e9, 0x505050);

  private static final Color[] PETROFF =
      colors(
          0x3f90da, 0xffa90e, 0xbd1f01, 0x94a4a2, 0x832db6, 0xa96b59, 0xe76300, 0xb9ac70, 0x717581,
          0x92dadd);

  private SeriesColors() {}

  private static Color[] colors(int... values) {
    return IntStream.of(values).mapToObj(Color::new).toArray(Color[]::new);
  }

  static Color of(int series, int count) {
    Color[] colors = count <= OKABE_ITO.length ? OKABE_ITO : PETROFF;
    return colors[series % colors.length];
  }
}
