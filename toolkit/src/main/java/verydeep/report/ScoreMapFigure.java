package verydeep.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import verydeep.data.RgbImage;
import verydeep.evaluation.ScoreMap;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Style;

/** An image, plain and under a class score map, side by side. */
final class ScoreMapFigure {

  private static final int GAP = 12;
  private static final int LARGEST = 420;
  private static final int BAR = 14;

  /**
   * If the highest posterior is lower than this, it gets the brightest color, or little would be
   * seen.
   */
  private static final double ENOUGH = 0.5;

  private ScoreMapFigure() {}

  static Figure of(ScoreMap map, String name) {
    int index = map.index(name);
    RgbImage image = map.image();
    double scale = Math.min(1.5, (double) LARGEST / Math.max(image.width(), image.height()));
    int width = Math.max(1, (int) Math.round(scale * image.width()));
    int height = Math.max(1, (int) Math.round(scale * image.height()));
    BufferedImage plain = image.resize(width, height).toBufferedImage();
    double highest = highest(map, index);
    double full = highest > 0 && highest < ENOUGH ? highest : 1;
    BufferedImage laid = laid(plain, map, index, scale, full);
    String subtitle =
        String.format(
            Locale.ROOT,
            "posterior up to %s in %dx%d windows (section 3.2), of \"%s\"",
            percent(highest),
            map.rows(),
            map.columns(),
            name);
    int sheet = Math.max(420, 2 * width + 3 * GAP);
    Canvas canvas = new Canvas("Class score map", subtitle, List.of(), sheet, height + 48, 1);
    canvas.graphics().drawImage(plain, GAP, canvas.top(), null);
    canvas.graphics().drawImage(laid, 2 * GAP + width, canvas.top(), null);
    bar(canvas, height, full);
    return canvas.to(Figure::of);
  }

  private static double highest(ScoreMap map, int index) {
    double highest = 0;
    for (int row = 0; row < map.rows(); row++) {
      for (int column = 0; column < map.columns(); column++) {
        highest = Math.max(highest, map.posterior(index, row, column));
      }
    }
    return highest;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, share < 0.1 ? "%.1f%%" : "%.0f%%", 100 * share);
  }

  private static BufferedImage laid(
      BufferedImage plain, ScoreMap map, int index, double scale, double full) {
    BufferedImage laid =
        new BufferedImage(plain.getWidth(), plain.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < plain.getHeight(); y++) {
      for (int x = 0; x < plain.getWidth(); x++) {
        double posterior = map.at(index, (x + 0.5) / scale, (y + 0.5) / scale);
        Color tint = MapColors.sequential(posterior / full);
        laid.setRGB(x, y, MapColors.over(new Color(plain.getRGB(x, y)), tint, 0.55).getRGB());
      }
    }
    return laid;
  }

  private static void bar(Canvas canvas, int below, double full) {
    int length = 160;
    int x = GAP + 24;
    int y = canvas.top() + below + GAP;
    for (int i = 0; i < length; i++) {
      canvas.graphics().setColor(MapColors.sequential(i / (length - 1.0)));
      canvas.graphics().fillRect(x + i, y, 1, BAR);
    }
    canvas.text("0%", GAP, y + BAR - 2, Style.SMALL, Style.FAINT);
    canvas.text(percent(full), x + length + 6, y + BAR - 2, Style.SMALL, Style.FAINT);
  }
}
