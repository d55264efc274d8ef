package verydeep.report;

import java.util.ArrayList;
import java.util.List;
import verydeep.data.TestViews;
import verydeep.data.View;

/** Tables 3 to 7 of the paper as rows; {@link PaperResults} gives them out. */
final class PaperTables {

  private static final double NONE = Double.NaN;
  private static final String JITTERED = "S=[256;512]";
  private static final String WIDE = "Q=256,384,512, flipped";

  private PaperTables() {}

  /** Tables 3 and 4, from their networks and scales. */
  static List<PaperRow> scales(int table, List<PaperResults.ScaleError> errors) {
    return errors.stream()
        .map(
            e ->
                new PaperRow(
                    table,
                    "VGG " + e.network().label(),
                    e.training().toString(),
                    new TestViews(View.dense(), e.scales(), true).toString(),
                    e.top1(),
                    e.top5(),
                    NONE))
        .toList();
  }

  static List<PaperRow> views() {
    List<PaperRow> rows = new ArrayList<>();
    rows.add(views("VGG D", "dense", 24.8, 7.5));
    rows.add(views("VGG D", "multi-crop 5x5", 24.6, 7.5));
    rows.add(both("VGG D", 24.4, 7.2, NONE, 5));
    rows.add(views("VGG E", "dense", 24.8, 7.5));
    rows.add(views("VGG E", "multi-crop 5x5", 24.6, 7.4));
    rows.add(both("VGG E", 24.4, 7.1, NONE, 5));
    return List.copyOf(rows);
  }

  private static PaperRow views(String network, String view, double top1, double top5) {
    return new PaperRow(5, network, JITTERED, view + ", " + WIDE, top1, top5, NONE);
  }

  private static PaperRow both(
      String network, double top1, double top5, double testTop5, int table) {
    String protocol = "dense & multi-crop 5x5, " + WIDE;
    return new PaperRow(table, network, JITTERED, protocol, top1, top5, testTop5);
  }

  static List<PaperRow> fusion() {
    String pair = "VGG D & VGG E";
    return List.of(
        new PaperRow(
            6, "seven nets (submission)", "", "dense, two or three scales", 24.7, 7.5, 7.3),
        new PaperRow(6, pair, JITTERED, "dense, " + WIDE, 24.0, 7.1, 7.0),
        new PaperRow(6, pair, JITTERED, "multi-crop 5x5, " + WIDE, 23.9, 7.2, NONE),
        both(pair, 23.7, 6.8, 6.8, 6));
  }

  static List<PaperRow> others() {
    return List.of(
        other("VGG (2 nets, multi-crop & dense)", 23.7, 6.8, 6.8),
        other("VGG (1 net, multi-crop & dense)", 24.4, 7.1, 7.0),
        other("VGG (ILSVRC submission, 7 nets, dense)", 24.7, 7.5, 7.3),
        other("GoogLeNet (1 net)", NONE, 7.9, 7.9),
        other("GoogLeNet (7 nets)", NONE, 6.7, 6.7),
        other("MSRA (11 nets)", NONE, NONE, 8.1),
        other("MSRA (1 net)", 27.9, 9.1, 9.1),
        other("Clarifai (multiple nets)", NONE, NONE, 11.7),
        other("Clarifai (1 net)", NONE, NONE, 12.5),
        other("Zeiler & Fergus (6 nets)", 36.0, 14.7, 14.8),
        other("Zeiler & Fergus (1 net)", 37.5, 16.0, 16.1),
        other("OverFeat (7 nets)", 34.0, 13.2, 13.6),
        other("OverFeat (1 net)", 35.7, 14.2, NONE),
        other("Krizhevsky et al. (5 nets)", 38.1, 16.4, 16.4),
        other("Krizhevsky et al. (1 net)", 40.7, 18.2, NONE));
  }

  private static PaperRow other(String method, double top1, double top5, double testTop5) {
    return new PaperRow(7, method, "", "", top1, top5, testTop5);
  }
}
