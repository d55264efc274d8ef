package verydeep.report;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import verydeep.classification.Classification;
import verydeep.classification.ClassifiedImages;
import verydeep.data.AnnotatedImage;
import verydeep.data.BoundingBox;
import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.data.RgbImage;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.evaluation.ScoreMap;
import verydeep.inspection.Attribution;
import verydeep.inspection.ChannelMaps;
import verydeep.inspection.StrongestPatches;
import verydeep.internal.report.Legend;
import verydeep.internal.report.Style;
import verydeep.localization.BoxMerging;
import verydeep.localization.DenseLocalizer;
import verydeep.localization.FoundObject;
import verydeep.localization.Localization;
import verydeep.transfer.Features;
import verydeep.weights.Checkpoint;

/**
 * Sheets of images: the data, and what a network predicted for it.
 *
 * <p>What shows the images of a result reads them again, by the paths in the result: files, or
 * images that an {@link verydeep.data.ImageBytes} gives by name. A test, features or a localization
 * that was read from a file no longer knows what gives them; its {@code movedTo(images)} tells it.
 */
public final class Pictures {

  private static final List<Legend.Entry> KINDS =
      List.of(
          new Legend.Entry("of its class", Style.GREEN, Legend.Mark.BOX),
          new Legend.Entry("of another", Style.RED, Legend.Mark.BOX));

  private Pictures() {}

  /**
   * An image as it is.
   *
   * @param image the image
   * @return its pixels
   */
  public static Figure of(RgbImage image) {
    return Figure.of("image", image.toBufferedImage(), 1);
  }

  /**
   * Some images of a test with the predicted class and its score, and the true class where they
   * differ. They are evenly spaced in the test, so that about the same share is wrong as in all of
   * it.
   *
   * @param test the test, whose images can still be read
   * @param count how many images at most
   * @return the sheet
   * @throws verydeep.data.UnreadableImageException if an image cannot be read
   */
  public static Figure sheet(Evaluation test, int count) {
    List<Prediction> all = test.predictions();
    int shown = Math.min(atLeastOne(count), all.size());
    List<Prediction> chosen =
        IntStream.range(0, shown)
            .mapToObj(i -> all.get((int) ((2L * i + 1) * all.size() / (2L * shown))))
            .toList();
    return PredictionPictures.of("Predictions", test, chosen);
  }

  /**
   * The most confident mistakes.
   *
   * @param test the test, whose images can still be read
   * @param count how many images at most
   * @return the sheet, the most confident mistake first
   * @throws verydeep.data.UnreadableImageException if an image cannot be read
   */
  public static Figure mostConfidentMistakes(Evaluation test, int count) {
    Comparator<Prediction> mostConfident =
        Comparator.comparingDouble(prediction -> -prediction.score(prediction.predicted()));
    List<Prediction> chosen =
        test.predictions().stream()
            .filter(prediction -> !prediction.right())
            .sorted(mostConfident)
            .limit(atLeastOne(count))
            .toList();
    return PredictionPictures.of("Most confident mistakes", test, chosen);
  }

  /**
   * Numbers as gray values, the smallest black and the largest white: a channel of an image, a map
   * of activations, a filter.
   *
   * @param numbers rows of equal length, at least one number in all
   * @return the image, enlarged if it is small
   * @throws verydeep.VerydeepException if there is no number, or the rows differ in length
   */
  public static Figure map(float[][] numbers) {
    return NumberMap.of(numbers);
  }

  /**
   * An image, and where a network sees a class in it: the class score map of the fully
   * convolutional form, drawn over the image (section 3.2).
   *
   * @param map the map, {@code ScoreMap.of(checkpoint, image, 256)}
   * @param name the class, or a synonym in its name that no other class has
   * @return the image and the map, side by side
   * @throws verydeep.VerydeepException if the map has no such class
   */
  public static Figure scoreMap(ScoreMap map, String name) {
    return ScoreMapFigure.of(map, name);
  }

  /**
   * An image and the images whose features are most like its own.
   *
   * @param features of images that can still be read
   * @param index the image's
   * @param count how many others at most
   * @return the sheet, the image first; images of its class have a green frame
   * @throws verydeep.data.UnreadableImageException if an image cannot be read
   */
  public static Figure nearest(Features features, int index, int count) {
    List<Sheet.Cell> cells = new ArrayList<>();
    String own = features.classes().get(features.label(index));
    cells.add(new Sheet.Cell(features.file(index), "this " + own, "", "", Style.INK));
    for (int other : features.nearest(index, atLeastOne(count))) {
      String name = features.classes().get(features.label(other));
      String value = String.format(Locale.ROOT, "%.2f", features.similarity(index, other));
      Color frame = name.equals(own) ? Style.GREEN : Style.RED;
      cells.add(new Sheet.Cell(features.file(other), name, value, "", frame));
    }
    String subtitle = features.network() + ", " + features.protocol() + "; cosine of the angle";
    return Sheet.of("Nearest images", subtitle, KINDS, cells);
  }

  /**
   * An image beside bars of its five best classes.
   *
   * @param answer what a classifier said of it
   * @return the image and the bars
   * @throws verydeep.data.UnreadableImageException if its file is no longer there
   */
  public static Figure of(Classification answer) {
    return AnswerPictures.of(answer, 5);
  }

  /**
   * The first of the images that a classifier was asked about, with their best class; {@link
   * ClassifiedImages#leastCertainFirst()} puts those first that are worth a look.
   *
   * @param answers the answers, whose images can still be read
   * @param count how many images at most
   * @return the sheet
   * @throws verydeep.data.UnreadableImageException if an image cannot be read
   */
  public static Figure sheet(ClassifiedImages answers, int count) {
    return AnswerPictures.sheet(answers, atLeastOne(count));
  }

  /**
   * An image with the boxes of what a localizer found in it.
   *
   * @param image the image
   * @param objects what was found: {@code localizer.find(image)}
   * @return the image with a box per object, a color each
   */
  public static Figure found(RgbImage image, List<FoundObject> objects) {
    return AnswerPictures.found("Objects found", image, objects);
  }

  /**
   * A file and the images most like it.
   *
   * @param file the image
   * @param neighbors what was found: {@code index.nearest(file, 11)}
   * @return the sheet, the file first
   * @throws verydeep.data.UnreadableImageException if an image cannot be read
   */
  public static Figure nearest(Path file, List<Features.Neighbor> neighbors) {
    return AnswerPictures.nearest(file, neighbors);
  }

  /**
   * A file and the images most like it.
   *
   * @param file as {@link #nearest(Path, List)}
   * @param neighbors what was found
   * @return the sheet
   */
  public static Figure nearest(String file, List<Features.Neighbor> neighbors) {
    return nearest(Path.of(file), neighbors);
  }

  /**
   * Some images with the names of their classes, drawn at random; stratified by class if there are
   * enough for one of each.
   *
   * @param images the images
   * @param count how many images at most
   * @param seed the same seed gives the same images
   * @return the sheet
   * @throws verydeep.data.UnreadableImageException if an image cannot be read
   */
  public static Figure sheet(Images images, int count, long seed) {
    int shown = Math.min(atLeastOne(count), images.size());
    long classes = IntStream.of(images.counts()).filter(members -> members > 0).count();
    Images chosen = shown < classes ? images.some(shown, seed) : images.take(shown, seed);
    List<Sheet.Cell> cells =
        IntStream.range(0, chosen.size())
            .mapToObj(
                i ->
                    new Sheet.Cell(
                        chosen.file(i),
                        chosen.box(i),
                        List.of(),
                        chosen.classes().get(chosen.label(i)),
                        "",
                        "",
                        Style.GRID))
            .toList();
    String subtitle =
        String.format(
            Locale.ROOT,
            "%d of %,d images of %d classes",
            chosen.size(),
            images.size(),
            images.classes().size());
    return Sheet.of("Images and their classes", subtitle, List.of(), cells);
  }

  /**
   * Some images with the boxes of their objects, drawn at random.
   *
   * @param images the images
   * @param count how many at most
   * @param seed the same seed gives the same images
   * @return the sheet, one color per class
   * @throws verydeep.data.UnreadableImageException if an image cannot be read
   */
  public static Figure boxes(BoxedImages images, int count, long seed) {
    return BoxPictures.data(images, atLeastOne(count), seed);
  }

  /**
   * Some images of a localization test with the boxes of their objects and the guess that made them
   * right, or failed to. They are evenly spaced in the test.
   *
   * @param test the test, whose images can still be read
   * @param count how many images at most
   * @return the sheet
   * @throws verydeep.data.UnreadableImageException if an image cannot be read
   */
  public static Figure boxes(Localization test, int count) {
    return BoxPictures.sheet(test, atLeastOne(count));
  }

  /**
   * What merging does to the boxes of an image (appendix A).
   *
   * @param file the image
   * @param truths the boxes of its objects, any number
   * @param before {@code merging.candidates(views)}, or those of one class
   * @param after {@code merging.merge(views)}, or those of one class
   * @return the image twice, side by side
   * @throws verydeep.data.UnreadableImageException if the image cannot be read
   */
  public static Figure merging(
      Path file,
      List<BoundingBox> truths,
      List<BoxMerging.MergedBox> before,
      List<BoxMerging.MergedBox> after) {
    return BoxPictures.merging(file, truths, before, after);
  }

  /**
   * What merging does to the boxes of an image's true class in a dense test.
   *
   * @param test the test
   * @param image with objects of one class
   * @return the image twice, side by side
   * @throws verydeep.data.UnreadableImageException if the image cannot be read
   * @throws verydeep.VerydeepException if it shows no class, several, or one that the network was
   *     not trained on
   */
  public static Figure merging(DenseLocalizer test, AnnotatedImage image) {
    return BoxPictures.merging(test, image);
  }

  /**
   * The filters of a network's first convolution, in color.
   *
   * @param checkpoint the network with its weights
   * @return the sheet, in the order of the channels
   */
  public static Figure filters(Checkpoint checkpoint) {
    return ChannelPictures.filters(checkpoint);
  }

  /**
   * What the channels of a layer make of an image, at the scale of the network's input, or 224.
   *
   * @param checkpoint the network with its weights
   * @param image the image
   * @param layer a convolution or a pooling
   * @param count how many channels, those with the highest means
   * @return the sheet, the image first
   * @throws verydeep.VerydeepException if the layer is fully connected, or the count below 1
   */
  public static Figure channels(Checkpoint checkpoint, RgbImage image, String layer, int count) {
    return channels(ChannelMaps.of(checkpoint, image, layer), count);
  }

  /**
   * What the channels of a layer make of an image.
   *
   * @param maps {@code ChannelMaps.of(checkpoint, image, layer, scale)}
   * @param count how many channels, those with the highest means
   * @return the sheet, the image first
   */
  public static Figure channels(ChannelMaps maps, int count) {
    return ChannelPictures.maps(maps, count);
  }

  /**
   * The patches that the strongest channels of a layer respond to most.
   *
   * @param patches what was searched; the images can still be read
   * @param layer one of the layers
   * @param count how many channels at most
   * @return the sheet, a row a channel
   */
  public static Figure patches(StrongestPatches patches, String layer, int count) {
    Comparator<StrongestPatches.Channel> strongest =
        Comparator.comparingDouble((StrongestPatches.Channel channel) -> -channel.strongest());
    return ChannelPictures.patches(
        patches,
        layer,
        patches.channels(layer).stream().sorted(strongest).limit(atLeastOne(count)).toList());
  }

  /**
   * The patches that some channels of a layer respond to most.
   *
   * @param patches what was searched; the images can still be read
   * @param layer one of the layers
   * @param channels their indices
   * @return the sheet, a row a channel
   */
  public static Figure patches(StrongestPatches patches, String layer, int[] channels) {
    atLeastOne(channels.length);
    return ChannelPictures.patches(
        patches,
        layer,
        IntStream.of(channels).mapToObj(channel -> patches.channel(layer, channel)).toList());
  }

  /**
   * An image, and the evidence in it for some classes, on one scale.
   *
   * @param attribution the maps
   * @param classes those to show; if none is given, all that have a map
   * @return the image and the maps, side by side
   */
  public static Figure attribution(Attribution attribution, String... classes) {
    return AttributionFigure.of(attribution, classes);
  }

  private static int atLeastOne(int count) {
    return AnswerPictures.atLeastOne(count);
  }
}
