package verydeep.report;

import java.awt.Color;

/** The colors of numbers that are drawn as maps. */
final class MapColors {

  /** The colors of 0 and of the highest number, as of class score maps. */
  private static final Color LOW = new Color(0x20, 0x2c, 0x5c);

  private static final Color HIGH = new Color(0xff, 0xd1, 0x4a);

  /** Around 0: blue against, orange for; people with color blindness can tell them apart, too. */
  private static final Color AGAINST = new Color(0x1b, 0x6c, 0xb5);

  private static final Color NONE = new Color(0xf2, 0xf2, 0xf2);
  private static final Color FOR = new Color(0xe0, 0x5a, 0x00);

  private MapColors() {}

  /** From 0 to 1. */
  static Color sequential(double share) {
    return mixed(LOW, HIGH, Math.max(0, Math.min(1, share)));
  }

  /** From -1 to 1. */
  static Color diverging(double share) {
    double length = Math.min(1, Math.abs(share));
    return mixed(NONE, share < 0 ? AGAINST : FOR, length);
  }

  /** What lies over a gray of this brightness. */
  static Color over(Color below, Color tint, double opacity) {
    double gray = 0.3 * below.getRed() + 0.59 * below.getGreen() + 0.11 * below.getBlue();
    int level = (int) Math.round(gray);
    return mixed(new Color(level, level, level), tint, opacity);
  }

  static Color mixed(Color from, Color to, double share) {
    return new Color(
        (int) Math.round(from.getRed() + share * (to.getRed() - from.getRed())),
        (int) Math.round(from.getGreen() + share * (to.getGreen() - from.getGreen())),
        (int) Math.round(from.getBlue() + share * (to.getBlue() - from.getBlue())));
  }
}
