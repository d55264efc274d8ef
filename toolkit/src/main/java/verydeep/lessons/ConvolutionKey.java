package verydeep.lessons;

import static verydeep.network.Configuration.D;

import java.util.List;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;

/** Lesson 1: a convolution. */
final class ConvolutionKey {

  private static final int WINDOW = 3 * 3;
  private static final int CHANNELS = 64;
  private static final int SIDE = 224;

  private ConvolutionKey() {}

  static List<Question> questions() {
    NetworkSummary d = Vgg.of(D).build().summary();
    NetworkSummary.Row first = d.row("conv1_1");
    long pixels = (long) SIDE * SIDE;
    return List.of(
        new Question(
                "size without padding",
                "A 3x3 window slides over 28x28 numbers and never leaves them. How many places does"
                    + " it have on a side?",
                28 - 3 + 1)
            .hint(28, "It would be 28 with a border of one zero all around: padding.")
            .hint(25, "Of 28 places three are lost at the end? Try it with 3 numbers: one place.")
            .hint(27, "Only one place less? Try it with 3 numbers: there is one place, not two."),
        new Question(
                "size with padding",
                "conv1_1 has 3x3 windows and a padding of 1. An image of 224x224 pixels comes in."
                    + " How wide is what comes out?",
                first.output().width())
            .hint(222, "That is without padding. The border of zeros gives two places back.")
            .hint(226, "The padding makes the input 226 wide, and the window takes two away."),
        new Question(
                "weights of conv1_1",
                "How many parameters does conv1_1 have, from 3 channels to 64 by 3x3 windows, with"
                    + " its biases?",
                first.parameters())
            .hint(
                WINDOW * CHANNELS + CHANNELS,
                "Each of the 64 filters reaches through all three channels: 3 x 3 x 3 weights.")
            .hint(WINDOW * 3 * CHANNELS, "Nearly: each of the 64 filters has a bias, too.")
            .hint(
                (WINDOW * 3) + 1.0,
                "That is one filter. There are 64 of them, each with weights of its own."),
        new Question(
                "multiplications of conv1_1",
                "How many multiplications (each with an addition) does conv1_1 take for one image"
                    + " of 224x224?",
                first.macs())
            .hint(
                (double) WINDOW * CHANNELS * pixels,
                "Each filter reaches through all three channels of the image.")
            .hint(
                (double) first.parameters() * pixels,
                "The biases are added, not multiplied: take the weights alone.")
            .hint(
                WINDOW * 3 * CHANNELS,
                "These are the weights. Each is used at every place of the image."),
        new Question(
                "field of two layers",
                "Two 3x3 convolutions in a row: how wide is the square of the input that one output"
                    + " depends on?",
                3 + 2)
            .hint(6, "The windows overlap: the second adds one pixel on each side, not three.")
            .hint(9, "3 x 3 is the number of weights in a window. Draw it in one dimension.")
            .hint(4, "The second window adds a pixel on the left and one on the right."),
        new Question(
                "three for one",
                "Three 3x3 layers see as far as one 7x7 layer, with the same number of channels in"
                    + " and out. How many weights do the three have, as a percentage of the one?",
                100.0 * 3 * WINDOW / 49)
            .hint(
                100.0 * (49 - 27) / 27,
                "That is how many more the 7x7 layer has, in percent of the three.")
            .hint(100.0 * 9 / 49, "That is one 3x3 layer; there are three of them.")
            .hint(100.0 * 3 / 7, "A window has side times side weights: 9 and 49."),
        new Question(
                "size after pooling",
                "Max-pooling keeps the largest of each 2x2 numbers, in steps of two. 224 numbers"
                    + " wide goes in. How wide is what comes out?",
                SIDE / 2)
            .hint(223, "That is with steps of one; the windows of the pooling do not overlap.")
            .hint(56, "224 / 4 is right for the number of cells; the side is halved."));
  }
}
