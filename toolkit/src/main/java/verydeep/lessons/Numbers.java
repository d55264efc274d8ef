package verydeep.lessons;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as a person would write them. */
final class Numbers {

  private Numbers() {}

  static String of(double number) {
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    return new DecimalFormat("#,##0.######", symbols).format(number);
  }
}
