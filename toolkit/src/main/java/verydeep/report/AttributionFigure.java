package verydeep.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import verydeep.data.RgbImage;
import verydeep.inspection.Attribution;
import verydeep.inspection.AttributionMap;
import verydeep.internal.report.Canvas;
import verydeep.internal.report.Style;

/** An image, and maps of the evidence in it for some classes, beside each other on one scale. */
final class AttributionFigure {

  private static final int GAP = 12;
  private static final int CAPTION = 22;
  private static final int BAR = 14;
  private static final int LENGTH = 180;
  private static final int LARGEST = 300;
  private static final double OPACITY = 0.6;
  private static final double MOST_OPACITY = 0.85;
  private static final Color MIDDLE = new Color(0x80, 0x80, 0x80);

  /** The share of the cells that decides about the colors: the few highest are drawn as these. */
  private static final double NEARLY_ALL = 0.985;

  private final List<AttributionMap> maps;
  private final double full;
  private final boolean signed;

  private AttributionFigure(List<AttributionMap> maps) {
    this.maps = maps;
    this.signed = maps.stream().anyMatch(map -> map.lowest() < 0);
    this.full = maps.stream().mapToDouble(AttributionFigure::full).max().orElse(1);
  }

  private static double full(AttributionMap map) {
    double[] sizes = new double[map.rows() * map.columns()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(map.value(i / map.columns(), i % map.columns()));
    }
    Arrays.sort(sizes);
    return Math.max(1e-12, sizes[(int) Math.ceil(NEARLY_ALL * (sizes.length - 1))]);
  }

  static Figure of(Attribution attribution, String... classes) {
    List<AttributionMap> chosen =
        classes.length == 0
            ? attribution.maps()
            : Stream.of(classes).map(attribution::map).toList();
    return new AttributionFigure(chosen).draw(attribution);
  }

  private Figure draw(Attribution attribution) {
    RgbImage image = attribution.image();
    double scale = Math.min(1.5, (double) LARGEST / Math.max(image.width(), image.height()));
    int width = Math.max(1, (int) Math.round(scale * image.width()));
    int height = Math.max(1, (int) Math.round(scale * image.height()));
    BufferedImage plain = image.resize(width, height).toBufferedImage();
    int across = Math.max(480, (maps.size() + 1) * (width + GAP) + GAP);
    Canvas canvas =
        new Canvas(
            "Evidence for a class",
            attribution.method(),
            List.of(),
            across,
            height + CAPTION + BAR + 2 * GAP,
            1);
    Graphics2D g = canvas.graphics();
    g.drawImage(plain, GAP, canvas.top(), null);
    canvas.text("the image", GAP, canvas.top() + height + 15, Style.TEXT, Style.FAINT);
    for (int i = 0; i < maps.size(); i++) {
      AttributionMap map = maps.get(i);
      int x = GAP + (i + 1) * (width + GAP);
      g.drawImage(laid(plain, map, scale), x, canvas.top(), null);
      String score = " " + attribution.kind().format(map.score());
      int room = width - canvas.width(score, Style.TEXT);
      String name = canvas.name(map.className(), Style.TEXT, room);
      canvas.text(name + score, x, canvas.top() + height + 15, Style.TEXT, Style.INK);
    }
    bar(canvas, canvas.top() + height + CAPTION + GAP, attribution.unit());
    return canvas.to(Figure::of);
  }

  private BufferedImage laid(BufferedImage plain, AttributionMap map, double scale) {
    int width = plain.getWidth();
    int height = plain.getHeight();
    BufferedImage laid = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double share = map.at((x + 0.5) / scale, (y + 0.5) / scale) / full;
        Color below = new Color(plain.getRGB(x, y));
        laid.setRGB(x, y, color(below, share).getRGB());
      }
    }
    return laid;
  }

  /** Values around 0 leave the image as it is, in gray. */
  private Color color(Color below, double share) {
    if (!signed) {
      return MapColors.over(below, MapColors.sequential(share), OPACITY);
    }
    double opacity = MOST_OPACITY * Math.pow(Math.min(1, Math.abs(share)), 0.75);
    return MapColors.over(below, MapColors.diverging(Math.signum(share)), opacity);
  }

  private void bar(Canvas canvas, int y, String unit) {
    String low = signed ? number(-full) : "0";
    int x = GAP + canvas.width(low, Style.SMALL) + 6;
    canvas.text(low, GAP, y + BAR - 3, Style.SMALL, Style.FAINT);
    for (int i = 0; i < LENGTH; i++) {
      double share = i / (LENGTH - 1.0);
      canvas.graphics().setColor(color(MIDDLE, signed ? 2 * share - 1 : share));
      canvas.graphics().fillRect(x + i, y, 1, BAR);
    }
    String high = number(full) + "   " + unit;
    canvas.text(high, x + LENGTH + 6, y + BAR - 3, Style.SMALL, Style.FAINT);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2g", value);
  }
}
