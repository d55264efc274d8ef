package verydeep.network;

import java.util.Locale;
import java.util.function.Function;

/**
 * The printed form of a network. JShell shows a thousand characters of a value, so ReLUs and
 * dropouts have no line, and a pooling is one word at the end of the preceding line.
 */
final class SummaryText {

  /** The length at which JShell cuts a line. */
  private static final int LONGEST_HEADLINE = 80;

  /** The number of characters JShell shows of a value. */
  private static final int LONGEST_TEXT = 1000;

  private SummaryText() {}

  static String of(Vgg network) {
    NetworkSummary summary = network.summary();
    StringBuilder text = new StringBuilder();
    int output = Math.min(10, longest(summary, row -> row.output().toString()));
    int parameters = longest(summary, row -> String.format(Locale.ROOT, "%,d", row.parameters()));
    String header = "\nlayer  kernel%" + Math.max(7, output) + "s field%";
    text.append(
        String.format(
            Locale.ROOT, header + Math.max(11, parameters) + "s MACs", "output", "parameters"));
    String line = "\n%-7s %dx%d %" + output + "s %3d %," + parameters + "d %5s";
    for (NetworkSummary.Row row : summary.rows()) {
      Layer layer = row.layer();
      if (layer instanceof Layer.MaxPooling) {
        text.append(" pool");
      } else if (layer instanceof Layer.LocalResponseNormalization) {
        text.append(" LRN");
      } else if (layer instanceof Layer.Convolution || layer instanceof Layer.FullyConnected) {
        text.append(line(line, row));
      }
    }
    return text.insert(0, headline(network, summary, text.length())).toString();
  }

  private static String headline(Vgg network, NetworkSummary summary, int rows) {
    String classes = network.classes() == 0 ? "" : " -> " + network.classes() + " classes";
    String headline =
        String.format(
            Locale.ROOT,
            "VGG %s: %dx%d%s, %,d parameters",
            network.label(),
            network.input(),
            network.input(),
            classes,
            summary.parameters());
    String cost = ", " + macs(summary.macs()) + " MACs";
    boolean fits = headline.length() + cost.length() <= LONGEST_HEADLINE;
    return fits && cost.length() + headline.length() + rows <= LONGEST_TEXT
        ? headline + cost
        : headline;
  }

  private static int longest(NetworkSummary summary, Function<NetworkSummary.Row, String> column) {
    return summary.rows().stream().map(column).mapToInt(String::length).max().orElseThrow();
  }

  private static String line(String format, NetworkSummary.Row row) {
    int kernel = row.layer().kernel();
    return String.format(
        Locale.ROOT,
        format,
        row.layer().name(),
        kernel,
        kernel,
        row.output(),
        row.receptiveField(),
        row.parameters(),
        macs(row.macs()));
  }

  private static String macs(long macs) {
    if (macs >= 10_000_000_000L) {
      return String.format(Locale.ROOT, "%.1fG", macs / 1e9);
    }
    if (macs >= 1_000_000_000) {
      return String.format(Locale.ROOT, "%.2fG", macs / 1e9);
    }
    return macs >= 10_000_000
        ? String.format(Locale.ROOT, "%.0fM", macs / 1e6)
        : String.format(Locale.ROOT, "%.2fM", macs / 1e6);
  }
}
