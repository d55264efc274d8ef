package verydeep.notebook;

/**
 * Short names for printing, which scripts, the shell and notebooks import. JShell compiles each
 * method of a startup file by itself, so methods in such a file would delay each start by a quarter
 * of a second.
 */
public final class Printing {

  private Printing() {}

  /**
   * Prints a value and ends the line, as {@code System.out.println} does.
   *
   * @param value anything, also null
   */
  public static void println(Object value) {
    System.out.println(value);
  }

  /** Ends the line. */
  public static void println() {
    System.out.println();
  }

  /**
   * Prints a value.
   *
   * @param value anything, also null
   */
  public static void print(Object value) {
    System.out.print(value);
  }

  /**
   * Prints values by a format, as {@code System.out.printf} does.
   *
   * @param format as for {@link String#format(String, Object...)}
   * @param values what the format names
   * @throws java.util.IllegalFormatException if the values do not fit the format
   */
  public static void printf(String format, Object... values) {
    System.out.printf(format, values);
  }
}
