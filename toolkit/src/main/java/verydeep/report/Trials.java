package verydeep.report;

import java.nio.file.Path;
import java.util.List;
import verydeep.VerydeepException;

/**
 * Trials as a file of comma-separated values, a line a training: what a long experiment keeps, and
 * what its table and figure are made from.
 *
 * <pre>{@code
 * Trials.write(trials, "docs/depth.csv");
 * Charts.overSeeds(Trials.read("docs/depth.csv"));
 * }</pre>
 */
public final class Trials {

  private static final String WHAT = "trials";

  private Trials() {}

  /**
   * Writes trials, whole or not at all, in place of what was there; missing folders are made.
   *
   * @param trials any number
   * @param file a path
   * @return the file
   * @throws VerydeepException if it cannot be written
   */
  public static Path write(List<Trial> trials, String file) {
    return CsvFile.write(file, WHAT, TrialLines.COLUMNS, trials);
  }

  /**
   * Reads trials back.
   *
   * @param file written by {@link #write}
   * @return the trials in the order of the lines
   * @throws VerydeepException if it cannot be read, or is no such file; the message says where
   */
  public static List<Trial> read(String file) {
    return CsvFile.read(file, WHAT, TrialLines.COLUMNS.keySet(), TrialLines::trial);
  }
}
