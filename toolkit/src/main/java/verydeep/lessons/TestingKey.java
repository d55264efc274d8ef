package verydeep.lessons;

import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import verydeep.evaluation.ErrorRate;

/** Lesson 4: testing. */
final class TestingKey {

  private static final int IMAGES = 341;
  private static final int WRONG = 143;

  private TestingKey() {}

  static List<Question> questions() {
    double oneSided = 1 - new BinomialDistribution(30, 0.5).cumulativeProbability(19);
    ErrorRate error = new ErrorRate(WRONG, IMAGES);
    double deviation = 100 * Math.sqrt(error.value() * (1 - error.value()) / IMAGES);
    double half = 1.96 * deviation;
    return List.of(
        new Question(
                "places at 160",
                "A network trained on 64x64 pixels is slid over 160x160. Five poolings: its windows"
                    + " are 32 pixels apart. How many places per side?",
                (160 - 64) / 32 + 1)
            .hint(5, "160 / 32 would be windows of 32 pixels; these are 64 wide.")
            .hint(3, "The first window is there before anything moves: one place more.")
            .hint(16, "That is how many places there are; the side is asked."),
        new Question(
                "views of multi-crop",
                "5x5 crops, each also flipped, at each of three scales: how many views of an"
                    + " image?",
                5 * 5 * 2 * 3)
            .hint(25, "And their flipped images, and three scales.")
            .hint(50, "At one scale; there are three.")
            .hint(75, "Each crop is shown flipped, too."),
        new Question(
                "points of one image",
                "Of 341 test images one more is right. By how many points of error is that better?",
                100.0 / IMAGES)
            .hint(IMAGES / 100.0, "That is how many images are one point.")
            .hint(1.0 / IMAGES, "That is a share; points are percent."),
        new Question(
                "half width",
                "143 of 341 images are wrong. How many points to either side are 1.96 standard"
                    + " deviations of the error, which make the 95% interval?",
                half)
            .hint(deviation, "That is one standard deviation; 95% takes 1.96 of them.")
            .hint(2 * half, "That is the whole interval."),
        new Question(
                "chance of 20 to 10",
                "Two tests differ on 30 images: one is right on 20 of them, the other on 10. How"
                    + " probable is a result at least that uneven, in percent, if each were a toss"
                    + " of a coin?",
                100 * 2 * oneSided)
            .hint(
                100 * oneSided,
                "That is for the one test being better; the other might have been as lucky.")
            .hint(100.0 * 20 / 30, "That is the share of one test. How often does a coin do that?"),
        new Question(
                "top-5 of chance",
                "A guess names five of ten classes at random. What is its top-5 error, in percent?",
                50)
            .hint(90, "That is the top-1 error of one guess.")
            .hint(95, "That would be five of a hundred classes."),
        new Question(
                "mean of posteriors",
                "Two views give a class the posteriors 0.9 and 0.2. What does their mean say?",
                (0.9 + 0.2) / 2)
            .hint(
                Math.sqrt(0.9 * 0.2), "That is the geometric mean; the paper averages posteriors.")
            .hint(0.9, "That is the surer view; both count the same."));
  }
}
