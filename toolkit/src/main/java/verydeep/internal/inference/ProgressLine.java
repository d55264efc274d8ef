package verydeep.internal.inference;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A line that is written again in place, on the terminal or below a notebook's cell: what is being
 * done, how far it is, images a second, time left. Where it cannot be written again (output to a
 * file or a pipe) it is a line of its own every five minutes, so that a log of a long test tells
 * where it is.
 *
 * <p>This is not a library's progress bar: snippets of JShell run in a second JVM whose streams are
 * sockets, where neither {@link System#console} nor JLine finds the terminal that shows them, and a
 * notebook's line is a message to the page. What such a library has besides is the text of a line.
 */
public final class ProgressLine {

  /** How it is shown: written again in place, as lines of their own, or not at all. */
  public enum Place {
    TERMINAL(200_000_000L),
    PAGE(500_000_000L),
    LOG(300_000_000_000L),
    NOWHERE(Long.MAX_VALUE);

    private final long pauseNanos;

    Place(long pauseNanos) {
      this.pauseNanos = pauseNanos;
    }
  }

  /** Set where the output goes to a terminal that this JVM cannot see. */
  private static final String SHELL = "verydeep.terminal";

  /** What terminals have at least. */
  private static final int WIDTH = 79;

  /** Makes a place for each line; null where lines go to standard output. */
  private static volatile Supplier<InPlace> pages;

  private final PrintStream out;
  private final Place place;
  private final InPlace page;
  private long start = System.nanoTime();
  private long last;
  private int width; // of the line that is shown, 0 if there is none
  private int done;
  private int before;

  public ProgressLine(PrintStream out, Place place) {
    this(out, place, System.nanoTime());
  }

  /**
   * A line.
   *
   * @param last when one was written before, by {@link System#nanoTime}; on a terminal the first
   *     one comes at once
   */
  public ProgressLine(PrintStream out, Place place, long last) {
    this(out, place, null, last);
  }

  private ProgressLine(PrintStream out, Place place, InPlace page, long last) {
    this.out = out;
    this.place = place;
    this.page = page;
    this.last = place == Place.TERMINAL ? last - Place.TERMINAL.pauseNanos : last;
  }

  /**
   * Where lines are shown from now on, instead of on standard output.
   *
   * @param places makes a place for a line; null for standard output again
   */
  public static void showIn(Supplier<InPlace> places) {
    pages = places;
  }

  /**
   * In a notebook a line below the cell, on a terminal a line, elsewhere one every five minutes. A
   * notebook shows none for work of half a second.
   *
   * @return the line
   */
  public static ProgressLine printing() {
    Supplier<InPlace> places = pages;
    if (places != null) {
      return new ProgressLine(System.out, Place.PAGE, places.get(), System.nanoTime());
    }
    return new ProgressLine(System.out, terminal() ? Place.TERMINAL : Place.LOG);
  }

  /**
   * No line at all.
   *
   * @return the line
   */
  public static ProgressLine silent() {
    return new ProgressLine(System.out, Place.NOWHERE);
  }

  /** From JDK 22 on there is a console without a terminal, which only a newer method tells. */
  @SuppressWarnings("SystemConsoleNull") // older JDKs have only this
  private static boolean terminal() {
    if (Boolean.getBoolean(SHELL)) {
      return true;
    }
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /**
   * Begins with some images done by an earlier call, whose time does not count.
   *
   * @param done how many
   */
  public void begin(int done) {
    this.done = done;
    before = done;
    start = System.nanoTime();
  }

  /**
   * Shows how far it is, on a terminal five times a second at most, in a notebook twice.
   *
   * @param what what is being done
   * @param done how many images are done; a smaller number than before starts over
   * @param of how many there are
   */
  public void show(String what, int done, int of) {
    if (done < this.done) {
      begin(0);
    }
    this.done = done;
    double rate = (done - before) / Math.max(1e-9, (System.nanoTime() - start) / 1e9);
    show(
        () -> {
          String far = ": " + done + "/" + of;
          if (done > before) {
            far += ", " + pace(rate) + ", " + duration((of - done) / rate) + " left";
          }
          return shortened(what, WIDTH - far.length()) + far;
        });
  }

  /** A line that a terminal breaks in two cannot be written again in place. */
  private String shortened(String what, int room) {
    return place == Place.TERMINAL && what.length() > room
        ? what.substring(0, Math.max(0, room - 1)) + "…"
        : what;
  }

  private static String pace(double rate) {
    return rate < 1
        ? String.format(Locale.ROOT, "%.1f s an image", 1 / rate)
        : String.format(Locale.ROOT, rate < 10 ? "%.1f images/s" : "%.0f images/s", rate);
  }

  /**
   * Shows a text, as often as {@link #show(String, int, int)}.
   *
   * @param text made only if it is shown
   */
  public void show(Supplier<String> text) {
    long now = System.nanoTime();
    if (now - last < place.pauseNanos) {
      return;
    }
    last = now;
    switch (place) {
      case TERMINAL -> write(text.get());
      case PAGE -> {
        page.show(text.get());
        width = 1; // there is one; a page knows its width
      }
      default -> out.println(text.get());
    }
  }

  /** Takes the line away. */
  public void clear() {
    if (width == 0) {
      return;
    }
    if (place == Place.PAGE) {
      page.clear();
    } else {
      write("");
      out.print('\r');
      out.flush();
    }
    width = 0;
  }

  private void write(String text) {
    out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    out.flush();
    width = text.length();
  }

  /**
   * Seconds in words.
   *
   * @param seconds a duration
   * @return such as {@code 45 s}, {@code 3 min 20 s}, {@code 25 min} or {@code 2 h 5 min}
   */
  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    return whole < 3600
        ? Math.round(seconds / 60) + " min"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
