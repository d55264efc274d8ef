package verydeep.internal.inference;

/** A place whose line is replaced again and again, where there is no terminal. */
public interface InPlace {

  /**
   * Shows a line instead of the last one.
   *
   * @param line what to show
   */
  void show(String line);

  /** Takes the line away; another may be shown later. */
  void clear();
}
