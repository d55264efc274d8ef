package verydeep.lessons;

import static verydeep.network.Configuration.D;

import java.util.List;
import verydeep.network.Layer;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;

/** Lesson 2: Table 1. */
final class NetworkKey {

  private static final int PLACES = 7 * 7;

  private NetworkKey() {}

  static List<Question> questions() {
    Vgg network = Vgg.of(D).build();
    NetworkSummary d = network.summary();
    NetworkSummary.Row fc6 = d.row("fc6");
    long all = network.parameterCount();
    long connected = fc6.parameters() + d.row("fc7").parameters() + d.row("fc8").parameters();
    return List.of(
        new Question(
                "layers of D",
                "How many layers with weights does D have, which give the network its other name"
                    + " VGG-16?",
                d.rows().stream().filter(row -> row.parameters() > 0).count())
            .hint(21, "That counts the five poolings. They have no weights: nothing is learned.")
            .hint(13, "Those are the convolutions. The fully connected layers have weights, too."),
        new Question(
                "stride of pool5",
                "Two neighboring cells of pool5 look at squares of the image that are how many"
                    + " pixels apart?",
                stride(d))
            .hint(10, "Five halvings multiply: 2 x 2 x 2 x 2 x 2, not 2 + 2 + 2 + 2 + 2.")
            .hint(16, "That is before the fifth pooling: the cells of conv5_3.")
            .hint(2, "Apart in pool4, but pool4 is coarse itself."),
        new Question(
                "side of pool5",
                "An image of 224x224 pixels comes in. How many cells wide is pool5?",
                d.row("pool5").output().width())
            .hint(14, "Five poolings, not four: that is conv5_3.")
            .hint(32, "That is how far the cells are apart, in pixels.")
            .hint(49, "That is how many cells there are; the side is asked."),
        new Question(
                "field of pool5",
                "How wide is the square of the image that one cell of pool5 of D depends on?",
                d.row("pool5").receptiveField())
            .hint(
                forwards(d),
                "That goes from the image upwards: plus 2 for each convolution, times 2 for each"
                    + " pooling. But a 3x3 window of a coarse map reaches further than 2 pixels."
                    + " The same steps are right from the top down: begin with one cell of pool5.")
            .hint(
                convolutionsAlone(d),
                "The pooling windows are 2 wide and see something, too: one step of their input.")
            .hint(
                d.row("conv5_3").receptiveField(),
                "That is conv5_3. The last pooling takes two of its cells, 16 pixels apart.")
            .hint(
                d.row("fc6").receptiveField(),
                "That is fc6, whose window is 7 cells of pool5 wide.")
            .hint(224, "It is nearly all of the image, but not all: it follows from Table 1."),
        new Question(
                "parameters of fc6",
                "fc6 connects pool5 (512 channels of 7x7) with 4,096 units. How many parameters is"
                    + " that, with biases?",
                fc6.parameters())
            .hint(fc6.parameters() - 4096.0, "Nearly: each of the 4,096 units has a bias, too.")
            .hint(512 * 4096 + 4096, "pool5 has 512 channels at each of 7x7 places.")
            .hint(512 * 4096, "pool5 has 512 channels at each of 7x7 places; and there are biases.")
            .hint(PLACES * 4096, "pool5 has 7x7 places in each of 512 channels."),
        new Question(
                "share of fc6",
                "What percentage of D's parameters is in fc6? (A whole number will do.)",
                Math.rint(100.0 * fc6.parameters() / all))
            .hint(
                Math.rint(100.0 * connected / all),
                "That is all three fully connected layers together.")
            .hint(
                Math.rint(100.0 * (all - connected) / all),
                "That is all of the convolutions; most of the network is elsewhere."),
        new Question(
                "parameters for ten classes",
                "How many parameters does D have if it tells ten classes apart, not a thousand?",
                Vgg.of(D).classes(10).build().parameterCount())
            .hint((double) all, "That is with a thousand classes: fc8 has fewer outputs now.")
            .hint((double) all - d.row("fc8").parameters(), "The ten classes need a smaller fc8.")
            .hint(
                all / 100.0,
                "Only the last layer knows how many classes there are; the others stay."),
        new Question(
                "cost of twice the side",
                "An image twice as wide and twice as high: how many times the multiplications do"
                    + " the convolutions take?",
                convolutions(network.summary(448, 448)) / (double) convolutions(d))
            .hint(2, "Twice as wide and twice as high: how many times as many places?"),
        new Question(
                "places at 384",
                "Slid over an image of 384x384 pixels, D gives its class scores at how many places"
                    + " a side?",
                network.summary(384, 384).output().width())
            .hint(12, "That is pool5: fc6 takes windows of 7 cells of it.")
            .hint(7, "That is at 416 pixels: pool5 is 12 cells wide, and the window takes 7.")
            .hint(36, "That is how many places there are; the side is asked.")
            .hint(1, "At 224 pixels there is one place; a larger image has more."));
  }

  private static int stride(NetworkSummary network) {
    return network.width() / network.row("pool5").output().width();
  }

  /** The misconception: each convolution adds 2 pixels, each pooling doubles. */
  private static int forwards(NetworkSummary network) {
    int field = 1;
    for (NetworkSummary.Row row : network.rows()) {
      if (row.layer() instanceof Layer.Convolution) {
        field += 2;
      } else if (row.layer() instanceof Layer.MaxPooling) {
        field *= 2;
      }
    }
    return field;
  }

  /** The misconception: poolings only make steps larger. */
  private static int convolutionsAlone(NetworkSummary network) {
    int field = 1;
    int step = 1;
    for (NetworkSummary.Row row : network.rows()) {
      if (row.layer() instanceof Layer.Convolution) {
        field += 2 * step;
      } else if (row.layer() instanceof Layer.MaxPooling) {
        step *= 2;
      }
    }
    return field;
  }

  private static long convolutions(NetworkSummary network) {
    return network.rows().stream()
        .filter(row -> row.layer() instanceof Layer.Convolution)
        .mapToLong(NetworkSummary.Row::macs)
        .sum();
  }
}
