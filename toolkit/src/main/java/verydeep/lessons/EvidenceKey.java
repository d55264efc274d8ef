package verydeep.lessons;

import static verydeep.network.Configuration.D;

import java.util.List;
import verydeep.network.Vgg;

/** Lesson 6: where did it look? */
final class EvidenceKey {

  private static final int SIDE = 96;

  private EvidenceKey() {}

  static List<Question> questions() {
    int field = Vgg.of(D).build().summary().row("pool4").receptiveField();
    int windows = (SIDE - 32) / 16 + 1;
    return List.of(
        new Question(
                "decision value",
                "Four places give a class the evidence 0.4, -0.1, 0.3 and 0.2; its bias is -0.5."
                    + " What is its decision value?",
                0.4 - 0.1 + 0.3 + 0.2 - 0.5)
            .hint(0.8, "Add the bias, too.")
            .hint(-0.3, "Each place's evidence is already divided by the number of places: add."),
        new Question(
                "field of a place",
                "How wide is the square of the image that one cell of pool4 of D depends on?",
                field)
            .hint(16, "That is how far the cells are apart. Their squares overlap.")
            .hint(
                Vgg.of(D).build().summary().row("conv4_3").receptiveField(),
                "That is conv4_3; the pooling takes two of its cells, 8 pixels apart."),
        new Question(
                "windows of occlusion",
                "A gray square of 32x32 pixels moves over an image of 96x96 in steps of 16 and"
                    + " never leaves it. At how many places is it?",
                windows * windows)
            .hint(9, "In steps of 32, it would be 3x3.")
            .hint(36, "96 / 16 = 6 steps, but the last would leave the image.")
            .hint(windows, "That is one row of them."),
        new Question(
                "passes of occlusion",
                "How often does the network look at such an image, with the look at the whole one?",
                windows * windows + 1)
            .hint(windows * windows, "And once at the whole image, to know what has changed."),
        new Question(
                "weight of a channel",
                "Grad-CAM weighs a channel by the mean of the gradients over its places. They are"
                    + " 1, 3, 0 and -2. What is the weight?",
                (1 + 3 + 0 - 2) / 4.0)
            .hint(2, "That is the sum; it is divided by the number of places.")
            .hint(1, "A ReLU is applied to the map in the end, not to the gradients."),
        new Question(
                "pixels deleted",
                "A deletion curve takes away all pixels of a 96x96 image in 20 equal steps. How"
                    + " many are gone after 5?",
                SIDE * SIDE / 4.0)
            .hint(SIDE * SIDE / 20.0, "That is one step.")
            .hint(3.0 * SIDE * SIDE / 4, "Those are left."));
  }
}
