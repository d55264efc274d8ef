package verydeep.lessons;

import java.util.Objects;
import verydeep.VerydeepException;

/**
 * What a quiz says to an answer.
 *
 * @param question the name of the question
 * @param right whether the answer is right
 * @param text what to tell the student: a hint if the answer is wrong, never the right one
 */
public record Answer(String question, boolean right, String text) {

  /**
   * Checks that nothing is missing.
   *
   * @param question the name of the question
   * @param right whether the answer is right
   * @param text what to tell the student
   */
  public Answer {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(text, "text");
  }

  /**
   * For cells that are graded: a wrong answer ends the cell.
   *
   * @return this answer, if it is right
   * @throws VerydeepException with the hint, if it is wrong
   */
  public Answer orThrow() {
    if (!right) {
      throw new VerydeepException(text);
    }
    return this;
  }

  /** What to tell the student. */
  @Override
  public String toString() {
    return text;
  }
}
