package verydeep.spark;

import verydeep.VerydeepException;

/** Refuses a part as it comes that was computed on vectors of another width than the others. */
final class SameArithmetic {

  private String first;
  private String where;

  /**
   * Begins.
   *
   * @param known what computed the parts that are there; empty if there are none
   */
  SameArithmetic(String known) {
    first = known;
    where = "in earlier parts";
  }

  /**
   * Checks a part against the others. The number of threads changes no bit.
   *
   * @throws VerydeepException if its arithmetic is another
   */
  void check(PartOutcome outcome) {
    String form = form(outcome.arithmetic());
    if (form.isEmpty()) {
      return;
    }
    if (first.isEmpty()) {
      first = form;
      where = "on " + outcome.machine();
    } else if (!first.equals(form)) {
      throw new VerydeepException(
          ("Part %d was computed on %s by %s, but %s it was %s; one job needs executors with"
                  + " vectors of one width. Use machines of one kind, or set -XX:UseAVX=2 in"
                  + " spark.executor.extraJavaOptions, which gives all of them 256 bits.")
              .formatted(outcome.index(), outcome.machine(), form, where, first));
    }
  }

  /** {@return what computed the parts so far, without the number of threads} */
  String form() {
    return first;
  }

  static String form(String arithmetic) {
    return arithmetic.replaceAll(", \\d+ threads?\\b", "");
  }
}
