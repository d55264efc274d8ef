package verydeep.lessons;

import static verydeep.network.Configuration.D;

import java.util.List;
import verydeep.network.MapShape;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;

/** Lesson 7: images from features. */
final class SynthesisKey {

  private static final int SIDE = 96;

  private SynthesisKey() {}

  static List<Question> questions() {
    NetworkSummary d = Vgg.of(D).convolutionsOnly().build().summary(SIDE, SIDE);
    int channels = d.row("conv1_1").output().channels();
    return List.of(
        new Question(
                "unknowns",
                "An image of 96x96 pixels in color is to be found. How many numbers is that?",
                3 * SIDE * SIDE)
            .hint(SIDE * SIDE, "Each pixel has three."),
        new Question(
                "equations of conv1_2",
                "How many activations does conv1_2 of D have for that image, each of which is one"
                    + " condition for the unknowns?",
                numbers(d, "conv1_2"))
            .hint(numbers(d, "pool1"), "That is after the pooling.")
            .hint(channels, "That is its channels; each has a map of 96x96."),
        new Question("equations of pool5", "And how many has pool5?", numbers(d, "pool5"))
            .hint(512 * 7 * 7, "That is at 224 pixels.")
            .hint(512, "That is its channels; each has a map of 3x3."),
        new Question(
                "numbers of a Gram matrix",
                "The Gram matrix of conv1_1 holds how often each two of its 64 channels are active"
                    + " together. How many numbers is that?",
                channels * channels)
            .hint(channels, "Each channel with each: rows and columns.")
            .hint(
                (double) channels * SIDE * SIDE,
                "Those are the activations. The matrix no longer knows the places."),
        new Question(
                "Gram",
                "Over three places one channel is 1, 2, 0 and another 0, 1, 3. What is their entry"
                    + " in the Gram matrix, before it is divided by anything?",
                1 * 0 + 2 * 1 + 0 * 3)
            .hint(12, "Multiply place by place, then add: not the sums with each other.")
            .hint(7, "Multiply the two at each place, do not add them."),
        new Question(
                "variation",
                "Total variation adds the squares of the differences of neighbors. The four pixels"
                    + " are 0 and 2 above 1 and 5. What is it?",
                2 * 2 + 4 * 4 + 1 * 1 + 3 * 3)
            .hint(10, "Add the squares of the differences.")
            .hint(20, "Neighbors to the right; those below count, too.")
            .hint(56, "Only neighbors side by side, not those across the corner."),
        new Question(
                "a step down",
                "x is 3, the loss x², the rate 0.1. What is the loss after one step of gradient"
                    + " descent?",
                Math.pow(3 - 0.1 * 2 * 3, 2))
            .hint(3 - 0.1 * 2 * 3, "That is x; the loss is its square.")
            .hint(Math.pow(3 - 0.1 * 3, 2), "The gradient of x² is 2x.")
            .hint(Math.pow(3 + 0.1 * 2 * 3, 2), "Down is against the gradient."));
  }

  private static double numbers(NetworkSummary network, String layer) {
    MapShape shape = network.row(layer).output();
    return (double) shape.channels() * shape.height() * shape.width();
  }
}
