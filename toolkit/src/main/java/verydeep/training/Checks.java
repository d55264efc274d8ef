package verydeep.training;

import verydeep.VerydeepException;

/** Rejects settings that are out of range. */
final class Checks {

  private Checks() {}

  static void that(boolean holds, String setting, Object given, String allowed) {
    if (!holds) {
      throw new VerydeepException(
          "The " + setting + " is " + given + "; it must be " + allowed + ".");
    }
  }
}
