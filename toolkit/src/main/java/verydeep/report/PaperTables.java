package verydeep.report;

import static verydeep.data.TrainingScale.fixed;
import static verydeep.data.TrainingScale.jittered;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import verydeep.data.TestViews;
import verydeep.data.TrainingScale;
import verydeep.data.View;
import verydeep.network.Configuration;
import verydeep.report.PaperResults.Row;

/** Tables 3 to 10 of the paper; {@link PaperResults} offers them. */
final class PaperTables {

  private static final double NONE = Double.NaN;
  private static final TrainingScale JITTERED = jittered(256, 512);
  private static final List<Integer> WIDE = List.of(256, 384, 512);
  private static final List<Integer> AROUND_256 = List.of(224, 256, 288);
  private static final List<Integer> AROUND_384 = List.of(352, 384, 416);
  private static final List<TestViews> DENSE = List.of(new TestViews(View.dense(), WIDE, true));
  private static final List<TestViews> CROPS = List.of(new TestViews(View.multiCrop(), WIDE, true));
  private static final List<TestViews> BOTH =
      Stream.of(DENSE, CROPS).flatMap(List::stream).toList();

  static final List<Row> SINGLE_SCALE =
      List.of(
          dense(3, Configuration.A, fixed(256), List.of(256), 29.6, 10.4),
          dense(3, Configuration.A_LRN, fixed(256), List.of(256), 29.7, 10.5),
          dense(3, Configuration.B, fixed(256), List.of(256), 28.7, 9.9),
          dense(3, Configuration.C, fixed(256), List.of(256), 28.1, 9.4),
          dense(3, Configuration.C, fixed(384), List.of(384), 28.1, 9.3),
          dense(3, Configuration.C, JITTERED, List.of(384), 27.3, 8.8),
          dense(3, Configuration.D, fixed(256), List.of(256), 27.0, 8.8),
          dense(3, Configuration.D, fixed(384), List.of(384), 26.8, 8.7),
          dense(3, Configuration.D, JITTERED, List.of(384), 25.6, 8.1),
          dense(3, Configuration.E, fixed(256), List.of(256), 27.3, 9.0),
          dense(3, Configuration.E, fixed(384), List.of(384), 26.9, 8.7),
          dense(3, Configuration.E, JITTERED, List.of(384), 25.5, 8.0));

  static final List<Row> MULTI_SCALE =
      List.of(
          dense(4, Configuration.B, fixed(256), AROUND_256, 28.2, 9.6),
          dense(4, Configuration.C, fixed(256), AROUND_256, 27.7, 9.2),
          dense(4, Configuration.C, fixed(384), AROUND_384, 27.8, 9.2),
          dense(4, Configuration.C, JITTERED, WIDE, 26.3, 8.2),
          dense(4, Configuration.D, fixed(256), AROUND_256, 26.6, 8.6),
          dense(4, Configuration.D, fixed(384), AROUND_384, 26.5, 8.6),
          dense(4, Configuration.D, JITTERED, WIDE, 24.8, 7.5),
          dense(4, Configuration.E, fixed(256), AROUND_256, 26.9, 8.7),
          dense(4, Configuration.E, fixed(384), AROUND_384, 26.7, 8.6),
          dense(4, Configuration.E, JITTERED, WIDE, 24.8, 7.5));

  static final List<Row> DENSE_AND_CROPS =
      List.of(
          jitter(5, "VGG D", DENSE, 24.8, 7.5, NONE),
          jitter(5, "VGG D", CROPS, 24.6, 7.5, NONE),
          jitter(5, "VGG D", BOTH, 24.4, 7.2, NONE),
          jitter(5, "VGG E", DENSE, 24.8, 7.5, NONE),
          jitter(5, "VGG E", CROPS, 24.6, 7.4, NONE),
          jitter(5, "VGG E", BOTH, 24.4, 7.1, NONE));

  static final List<Row> FUSION =
      List.of(
          new Row(
              6,
              "seven nets (submission)",
              List.of(fixed(256), fixed(384), JITTERED),
              Stream.of(AROUND_256, AROUND_384, WIDE)
                  .map(scales -> new TestViews(View.dense(), scales, true))
                  .toList(),
              24.7,
              7.5,
              7.3),
          jitter(6, "VGG D & VGG E", DENSE, 24.0, 7.1, 7.0),
          jitter(6, "VGG D & VGG E", CROPS, 23.9, 7.2, NONE),
          jitter(6, "VGG D & VGG E", BOTH, 23.7, 6.8, 6.8));

  static final List<Row> STATE_OF_THE_ART =
      List.of(
          other(7, "VGG (2 nets, multi-crop & dense)", 23.7, 6.8, 6.8),
          other(7, "VGG (1 net, multi-crop & dense)", 24.4, 7.1, 7.0),
          other(7, "VGG (ILSVRC submission, 7 nets, dense)", 24.7, 7.5, 7.3),
          other(7, "GoogLeNet (1 net)", NONE, 7.9, 7.9),
          other(7, "GoogLeNet (7 nets)", NONE, 6.7, 6.7),
          other(7, "MSRA (11 nets)", NONE, NONE, 8.1),
          other(7, "MSRA (1 net)", 27.9, 9.1, 9.1),
          other(7, "Clarifai (multiple nets)", NONE, NONE, 11.7),
          other(7, "Clarifai (1 net)", NONE, NONE, 12.5),
          other(7, "Zeiler & Fergus (6 nets)", 36.0, 14.7, 14.8),
          other(7, "Zeiler & Fergus (1 net)", 37.5, 16.0, 16.1),
          other(7, "OverFeat (7 nets)", 34.0, 13.2, 13.6),
          other(7, "OverFeat (1 net)", 35.7, 14.2, NONE),
          other(7, "Krizhevsky et al. (5 nets)", 38.1, 16.4, 16.4),
          other(7, "Krizhevsky et al. (1 net)", 40.7, 18.2, NONE));

  private static final List<TestViews> CENTER =
      List.of(new TestViews(View.centerCrop(), List.of(384), false));

  static final List<Row> BOX_REGRESSION =
      List.of(
          boxes(8, "SCR, fc layers fine-tuned, true class", CENTER, 36.4, NONE, 384),
          boxes(8, "PCR, fc layers fine-tuned, true class", CENTER, 34.3, NONE, 384),
          boxes(8, "PCR, all layers fine-tuned, true class", CENTER, 33.1, NONE, 384));

  static final List<Row> DENSE_LOCALIZATION =
      List.of(
          boxes(9, "VGG", List.of(unflipped(256)), 29.5, NONE, 256),
          boxes(9, "VGG", List.of(unflipped(384)), 28.2, 26.7, 384),
          boxes(9, "VGG", List.of(unflipped(352, 384)), 27.5, NONE, 384),
          boxes(
              9,
              "VGG (2 nets)",
              List.of(unflipped(256), unflipped(352, 384)),
              26.9,
              25.3,
              256,
              384));

  static final List<Row> LOCALIZATION =
      List.of(
          other(10, "VGG", NONE, NONE, 25.3),
          other(10, "GoogLeNet", NONE, NONE, 26.7),
          other(10, "OverFeat", NONE, NONE, 29.9),
          other(10, "Krizhevsky et al.", NONE, NONE, 34.2));

  private PaperTables() {}

  private static Row dense(
      int table,
      Configuration network,
      TrainingScale trained,
      List<Integer> scales,
      double top1,
      double top5) {
    List<TestViews> views = List.of(new TestViews(View.dense(), scales, true));
    return new Row(table, "VGG " + network.label(), List.of(trained), views, top1, top5, NONE);
  }

  private static Row jitter(
      int table, String network, List<TestViews> views, double top1, double top5, double testTop5) {
    return new Row(table, network, List.of(JITTERED), views, top1, top5, testTop5);
  }

  private static Row boxes(
      int table,
      String network,
      List<TestViews> views,
      double validation,
      double test,
      int... trained) {
    List<TrainingScale> scales = IntStream.of(trained).mapToObj(TrainingScale::fixed).toList();
    return new Row(table, network, scales, views, NONE, validation, test);
  }

  private static TestViews unflipped(Integer... scales) {
    return new TestViews(View.dense(), List.of(scales), false);
  }

  private static Row other(int table, String network, double top1, double top5, double testTop5) {
    return new Row(table, network, List.of(), List.of(), top1, top5, testTop5);
  }
}
