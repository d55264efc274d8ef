package verydeep.lessons;

import static verydeep.network.Configuration.D;

import java.util.List;
import verydeep.network.MapShape;
import verydeep.network.Vgg;

/** Lesson 5: features. */
final class FeatureKey {

  private static final int CLASSES = 10;

  private FeatureKey() {}

  static List<Question> questions() {
    MapShape pool4 = Vgg.of(D).convolutionsOnly().build().summary(64, 64).row("pool4").output();
    int length = pool4.channels();
    int activations = length * pool4.height() * pool4.width();
    return List.of(
        new Question(
                "activations of pool4",
                "An image of 64x64 pixels. How many activations does pool4 of D have?",
                activations)
            .hint(length, "That is its channels; each has a map of 4x4 cells.")
            .hint(length * 14 * 14, "That is at 224 pixels.")
            .hint(length * 2 * 2, "Four poolings halve four times: 64 / 16."),
        new Question(
                "length of a vector",
                "They are averaged over all places of the image. How many numbers are left?",
                length)
            .hint(activations, "That is before they are averaged.")
            .hint(1, "Averaged over places, not over channels."),
        new Question(
                "three scales stacked",
                "The vectors of three scales stand one after the other. How many numbers is that?",
                3 * length)
            .hint(length, "That is if they are averaged."),
        new Question(
                "cosine",
                "What is the cosine of the angle between the vectors (3, 4) and (4, 3)?",
                24.0 / 25)
            .hint(24, "That is the scalar product; divide it by both lengths, 5 and 5.")
            .hint(24.0 / 5, "Divide by both lengths.")
            .hint(Math.toDegrees(Math.acos(24.0 / 25)), "That is the angle, in degrees."),
        new Question(
                "numbers learned",
                "A linear classifier for ten classes, one hyperplane a class, on vectors of 512"
                    + " numbers. How many numbers does it learn?",
                CLASSES * (length + 1))
            .hint(CLASSES * length, "Each hyperplane has a bias, too.")
            .hint(length + 1, "That is one hyperplane; each class has its own.")
            .hint(
                45 * (length + 1),
                "That is one hyperplane per pair of classes; here it is one per class."),
        new Question(
                "mean class recall",
                "Of 100 shoes 90 are recognized, of 10 skirts 5. What is the mean class recall, in"
                    + " percent?",
                (90 + 50) / 2)
            .hint(
                100.0 * 95 / 110,
                "That is the share of all images, in which the skirts hardly count."));
  }
}
