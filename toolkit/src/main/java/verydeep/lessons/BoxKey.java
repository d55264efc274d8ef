package verydeep.lessons;

import java.util.List;
import verydeep.data.BoundingBox;

/** The project: where is it? */
final class BoxKey {

  private BoxKey() {}

  static List<Question> questions() {
    BoundingBox box = new BoundingBox(0, 0, 100, 100);
    BoundingBox aside = box.translated(20, 0);
    BoundingBox across = box.translated(20, 20);
    BoundingBox half = new BoundingBox(0, 0, 50, 50);
    return List.of(
        new Question(
                "IoU aside",
                "A box of 100x100 pixels and the same box 20 pixels further right. What is the"
                    + " intersection over union?",
                box.iou(aside))
            .hint(0.8, "The intersection is 8,000 pixels, but the union is more than one box."),
        new Question(
                "IoU across", "And 20 pixels further right and 20 further down?", box.iou(across))
            .hint(0.64, "The intersection is 6,400 pixels, but the union is more than one box.")
            .hint(box.iou(aside), "Further down, too."),
        new Question(
                "IoU of a quarter",
                "A box of 100x100, guessed as 50x50 in its corner. What is the IoU?",
                box.iou(half))
            .hint(0.5, "Half as wide and half as high."),
        new Question(
                "outputs of one box",
                "A network that predicts one box, whatever the class (SCR): how many outputs?",
                4)
            .hint(2, "The middle has two numbers; width and height are two more.")
            .hint(5, "A box is four numbers; this network predicts no class."),
        new Question(
                "outputs of a box a class",
                "A box for each of three classes (PCR): how many outputs?",
                3 * 4)
            .hint(3, "Each class has a box of four numbers.")
            .hint(7, "Each class has its own four numbers."),
        new Question(
                "places of three scales",
                "A window of 96 pixels, 32 apart, over images of 128, 144 and 160 pixels: at how"
                    + " many places is it in all?",
                places(128) + places(144) + places(160))
            .hint(3 * places(128), "At 160 pixels there are 3x3.")
            .hint(7, "Places are counted in both directions.")
            .hint(27, "At 128 and 144 pixels two windows fit on a side."));
  }

  private static int places(int side) {
    int along = (side - 96) / 32 + 1;
    return along * along;
  }
}
