package verydeep.internal.notebook;

import java.util.List;
import java.util.function.Function;
import org.knowm.xchart.internal.chartpart.IChart;
import tech.tablesaw.api.Table;
import verydeep.classification.Classification;
import verydeep.classification.ClassifiedImages;
import verydeep.data.BoxedImages;
import verydeep.data.Images;
import verydeep.data.MultiLabelImages;
import verydeep.data.RgbImage;
import verydeep.data.Split;
import verydeep.evaluation.Comparison;
import verydeep.evaluation.ConfusionMatrix;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.Prediction;
import verydeep.evaluation.ScoreMap;
import verydeep.inspection.Attribution;
import verydeep.inspection.ChannelMaps;
import verydeep.inspection.Faithfulness;
import verydeep.inspection.OptimizedImage;
import verydeep.inspection.PerceptualDistance;
import verydeep.inspection.StrongestPatches;
import verydeep.localization.Localization;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;
import verydeep.report.Charts;
import verydeep.report.Figure;
import verydeep.report.Pictures;
import verydeep.report.Tables;
import verydeep.training.Training;
import verydeep.transfer.Features;
import verydeep.transfer.MultiLabelEvaluation;
import verydeep.transfer.SplitResults;
import verydeep.transfer.SvmLearning;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/**
 * A type whose values show themselves in a notebook.
 *
 * @param type the type
 * @param as what a value is shown as
 */
record Shown<T, R>(Class<T> type, Function<T, R> as) {

  /** How many channels of a layer are shown. */
  private static final int CHANNELS = 11;

  /** What is shown as an image. */
  static final List<Shown<?, Figure>> FIGURES =
      List.of(
          new Shown<>(Figure.class, figure -> figure),
          new Shown<>(IChart.class, Figure::of),
          new Shown<>(RgbImage.class, Pictures::of),
          new Shown<>(ScoreMap.class, ResultHtml::mostConfident),
          new Shown<>(Attribution.class, attribution -> Pictures.attribution(attribution)),
          new Shown<>(ChannelMaps.class, maps -> Pictures.channels(maps, CHANNELS)),
          new Shown<>(Faithfulness.class, Charts::faithfulness),
          new Shown<>(OptimizedImage.class, made -> Pictures.of(made.image())),
          new Shown<>(StrongestPatches.Patch.class, patch -> Pictures.of(patch.image())),
          new Shown<>(Classification.class, Pictures::of));

  /** What is shown as HTML. */
  static final List<Shown<?, String>> PAGES =
      List.of(
          new Shown<>(Table.class, Tables::html),
          new Shown<>(Vgg.class, network -> Tables.html(Tables.of(network))),
          new Shown<>(NetworkSummary.class, summary -> Tables.html(Tables.of(summary))),
          new Shown<>(Training.class, TrainingHtml::of),
          new Shown<>(Checkpoint.class, ResultHtml::of),
          new Shown<>(Provenance.class, ResultHtml::of),
          new Shown<>(Images.class, SetHtml::of),
          new Shown<>(BoxedImages.class, SetHtml::of),
          new Shown<>(MultiLabelImages.class, SetHtml::of),
          new Shown<>(Split.class, SetHtml::of),
          new Shown<>(Evaluation.class, test -> Tables.html(Tables.of(test))),
          new Shown<>(Prediction.class, ResultHtml::of),
          new Shown<>(ConfusionMatrix.class, matrix -> Tables.html(Tables.of(matrix))),
          new Shown<>(Comparison.class, comparison -> Tables.html(Tables.of(comparison))),
          new Shown<>(Localization.class, test -> Tables.html(Tables.of(test))),
          new Shown<>(Features.class, SetHtml::of),
          new Shown<>(MultiLabelEvaluation.class, ResultHtml::of),
          new Shown<>(SplitResults.class, ResultHtml::of),
          new Shown<>(ClassifiedImages.class, ResultHtml::of),
          new Shown<>(SvmLearning.class, ResultHtml::of),
          new Shown<>(StrongestPatches.class, ResultHtml::of),
          new Shown<>(PerceptualDistance.Difference.class, d -> Tables.html(Tables.of(d))));
}
