package verydeep.lessons;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import verydeep.VerydeepException;

/**
 * The questions of a lesson, each with a number for an answer. The right numbers are computed by
 * the library; a wrong one gets the hint that belongs to the misconception which leads to it.
 *
 * <pre>{@code
 * println(Quiz.of("2"));
 * println(Quiz.of("2").answer("field of pool5", 308));
 * println(Quiz.of("2").answer("field of pool5", 212));
 * }</pre>
 */
public final class Quiz {

  private static final Map<String, Supplier<List<Question>>> LESSONS = new LinkedHashMap<>();

  static {
    LESSONS.put("1", ConvolutionKey::questions);
    LESSONS.put("2", NetworkKey::questions);
    LESSONS.put("3", TrainingKey::questions);
    LESSONS.put("4", TestingKey::questions);
    LESSONS.put("5", FeatureKey::questions);
    LESSONS.put("6", EvidenceKey::questions);
    LESSONS.put("7", SynthesisKey::questions);
    LESSONS.put("project", BoxKey::questions);
  }

  private final String lesson;
  private final Map<String, Question> questions;

  private Quiz(String lesson, List<Question> questions) {
    this.lesson = lesson;
    this.questions =
        questions.stream()
            .collect(
                Collectors.toMap(Question::name, q -> q, (one, other) -> one, LinkedHashMap::new));
  }

  /**
   * The questions of a lesson.
   *
   * @param lesson {@code 1} to {@code 7}, or {@code project}
   * @return the quiz
   * @throws VerydeepException if there is no such lesson
   */
  public static Quiz of(String lesson) {
    Supplier<List<Question>> key = LESSONS.get(lesson);
    if (key == null) {
      throw new VerydeepException(
          "There is no lesson \"" + lesson + "\"; there are " + named(lessons()) + ".");
    }
    return new Quiz(lesson, key.get());
  }

  /**
   * The lessons that have a quiz.
   *
   * @return their names
   */
  public static List<String> lessons() {
    return List.copyOf(LESSONS.keySet());
  }

  /**
   * The names of the questions.
   *
   * @return in the order of the lesson
   */
  public List<String> questions() {
    return List.copyOf(questions.keySet());
  }

  /**
   * Checks an answer. A number may be rounded to three digits, except counts up to a thousand.
   *
   * @param question the name of the question
   * @param number the student's number
   * @return right; or wrong, with a hint
   * @throws VerydeepException if the lesson has no such question
   */
  public Answer answer(String question, double number) {
    Question asked = questions.get(question);
    if (asked == null) {
      throw new VerydeepException(
          "Lesson "
              + lesson
              + " has no question \""
              + question
              + "\"; there are "
              + named(questions())
              + ".");
    }
    Optional<String> mistake = asked.mistake(number);
    return new Answer(question, mistake.isEmpty(), mistake.orElse(question + ": right."));
  }

  /** For tests. */
  Question question(String name) {
    return questions.get(name);
  }

  private static String named(List<String> names) {
    return names.stream().collect(Collectors.joining("\", \"", "\"", "\""));
  }

  /** The questions, a line each. */
  @Override
  public String toString() {
    return questions.values().stream()
        .map(question -> "  " + question.name() + ": " + question.text())
        .collect(Collectors.joining("\n", "Quiz of lesson " + lesson + "\n", ""));
  }

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
}
