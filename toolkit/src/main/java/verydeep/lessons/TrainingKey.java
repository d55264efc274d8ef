package verydeep.lessons;

import java.util.List;

/** Lesson 3: training. */
final class TrainingKey {

  private static final double RATE = 0.01;
  private static final double MOMENTUM = 0.9;

  private TrainingKey() {}

  static List<Question> questions() {
    double softmax = Math.exp(2) / (Math.exp(2) + Math.exp(1) + Math.exp(0));
    double paper = 74 * 1_300_000.0 / 256;
    return List.of(
        new Question(
                "softmax",
                "The scores of three classes are 2, 1 and 0. What is the posterior of the first?",
                softmax)
            .hint(2.0 / 3, "Divide e to the power of each score by their sum, not the scores.")
            .hint(Math.exp(2), "e to the power of 2; now divide by the sum over all classes."),
        new Question(
                "loss of a guess",
                "A network knows nothing and gives each of ten classes the same posterior. What is"
                    + " its loss, the -ln of the true class's posterior?",
                Math.log(10))
            .hint(1, "That is the logarithm to the base 10; the loss takes the natural one.")
            .hint(Math.log(10) / Math.log(2), "That is in bits; the loss takes the natural one.")
            .hint(0.9, "That is how often it errs; the loss is -ln 0.1.")
            .hint(-Math.log(10), "The sign: the logarithm of 0.1 is negative, the loss is not."),
        new Question(
                "gradient of the true class",
                "The posterior of the true class is 0.665 (scores 2, 1, 0). What is the gradient of"
                    + " the loss to its score?",
                softmax - 1)
            .hint(1 - softmax, "The sign: a higher score of the true class makes the loss smaller.")
            .hint(softmax, "That would be for a class that is not the true one.")
            .hint(
                -1 / softmax,
                "That is the gradient to the posterior; the score goes through the softmax first."),
        new Question(
                "steps of an epoch",
                "2,763 images in batches of 32; the last batch may be smaller. How many steps does"
                    + " an epoch have?",
                Math.ceil(2763 / 32.0))
            .hint(86, "86 full batches, and 11 images are left."),
        new Question(
                "steps of the paper",
                "1.3 million images, batches of 256, 74 epochs. About how many steps is that?",
                paper)
            .hint(paper / 74, "That is one epoch.")
            .hint(74 * 1_300_000.0, "That is how many images it looks at; a step takes 256."),
        new Question(
                "longest step",
                "The gradient is 1 in every step, the rate 0.01, the momentum 0.9. Towards what"
                    + " length do the steps grow?",
                RATE / (1 - MOMENTUM))
            .hint(RATE, "That is the first step. The next is 0.9 of it plus 0.01, and so on.")
            .hint(
                RATE * MOMENTUM, "The momentum adds to the gradient's step; it does not shrink it.")
            .hint(RATE * (1 + MOMENTUM), "That is the second step; there are many more."),
        new Question(
                "rate after three falls",
                "The rate begins at 0.01 and is divided by ten three times. What is it then, in"
                    + " millionths?",
                1e6 * RATE / 1000)
            .hint(1e6 * RATE / 30, "It is divided by ten three times, not by thirty.")
            .hint(1e6 * RATE / 100, "That is after two falls."));
  }
}
