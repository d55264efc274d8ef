package verydeep.network;

import java.util.Locale;

/**
 * A network printed. JShell shows a thousand characters of a value, so rectifiers and dropouts have
 * no line, and a pooling is a word at the end of the line before it.
 */
final class SummaryText {

  private SummaryText() {}

  static String of(Vgg network) {
    NetworkSummary summary = network.summary();
    StringBuilder text = new StringBuilder(headline(network, summary));
    text.append("\nlayer  kernel    output field parameters MACs");
    for (NetworkSummary.Row row : summary.rows()) {
      Layer layer = row.layer();
      if (layer instanceof Layer.MaxPooling) {
        text.append(" pool");
      } else if (layer instanceof Layer.LocalResponseNormalization) {
        text.append(" LRN");
      } else if (layer instanceof Layer.Convolution || layer instanceof Layer.FullyConnected) {
        text.append('\n').append(line(row));
      }
    }
    return text.toString();
  }

  private static String headline(Vgg network, NetworkSummary summary) {
    String classes = network.convolutionsOnly() ? "" : " -> " + network.classes() + " classes";
    return String.format(
        Locale.ROOT,
        "VGG %s: %dx%d%s, %,d parameters, %s MACs",
        network.label(),
        network.input(),
        network.input(),
        classes,
        summary.parameters(),
        macs(summary.macs()));
  }

  private static String line(NetworkSummary.Row row) {
    int kernel = row.layer().kernel();
    return String.format(
        Locale.ROOT,
        "%-7s %dx%d %10s %3d %,11d %5s",
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
