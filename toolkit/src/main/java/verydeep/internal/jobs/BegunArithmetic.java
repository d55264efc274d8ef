package verydeep.internal.jobs;

import java.util.Arrays;
import java.util.Map;
import verydeep.cpu.Arithmetic;

/** The arithmetic that travels with a job: chosen by all of its work, where it was begun. */
public final class BegunArithmetic {

  /** The name of the setting. */
  public static final String SETTING = "arithmetic";

  private BegunArithmetic() {}

  /**
   * Returns the arithmetic with which a folder has begun a job.
   *
   * @param begun the settings in the folder
   * @param otherwise the arithmetic if these name none that is known
   * @return the arithmetic
   */
  public static Arithmetic of(Map<String, String> begun, Arithmetic otherwise) {
    return named(begun.get(SETTING), otherwise);
  }

  /**
   * Returns an arithmetic by its name.
   *
   * @param name the name; may be null
   * @param otherwise the arithmetic if that names none
   * @return the arithmetic
   */
  public static Arithmetic named(String name, Arithmetic otherwise) {
    return Arrays.stream(Arithmetic.values())
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElse(otherwise);
  }
}
