package verydeep.training;

import ai.djl.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import verydeep.data.Batch;
import verydeep.data.Batches;
import verydeep.data.ColorStatistics;
import verydeep.data.Preprocessing;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.evaluation.Evaluation;
import verydeep.network.Parameters;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** One run of a training: epochs, each with its validation, until an end is reached. */
final class TrainingRun {

  private final TrainingBuilder settings;
  private final Recipe recipe;
  private final Progress progress;
  private final Plateau plateau;
  private final ColorStatistics colors;
  private final Preprocessing preprocessing;
  private final List<Epoch> epochs = new ArrayList<>();
  private final long start = System.nanoTime();
  private Checkpoint best;
  private int bestEpoch;
  private long stepsDone;

  TrainingRun(TrainingBuilder settings) {
    this.settings = settings;
    recipe = settings.recipe;
    progress = settings.progress == null ? Progress.terminal() : settings.progress;
    plateau = new Plateau(recipe.rate());
    colors = ColorStatistics.of(settings.training);
    preprocessing = Preprocessing.paper(colors.mean());
  }

  Training run() {
    Parameters initial = Parameters.initial(settings.network, settings.seed);
    try (GradientDescent descent = new GradientDescent(initial, recipe)) {
      Ending ending = Ending.LAST_EPOCH;
      try {
        for (int number = 1; number <= recipe.epochs() && !plateau.ended(); number++) {
          epoch(number, descent);
        }
        if (plateau.ended()) {
          ending = Ending.PLATEAU;
        }
      } catch (CancellationException e) {
        Thread.interrupted(); // this is what was asked for, and it is done
        ending = Ending.INTERRUPTED;
      }
      Checkpoint last = checkpoint(descent.snapshot(), epochs.size());
      Training training =
          new Training(
              recipe, epochs, bestEpoch, best == null ? last : best, last, ending, seconds(start));
      progress.ended(training);
      return training;
    }
  }

  private void epoch(int number, GradientDescent descent) {
    double rate = plateau.rate();
    long began = System.nanoTime();
    double loss = 0;
    int wrong = 0;
    int seen = 0;
    double waited;
    try (Batches batches = batches(number)) {
      int step = 0;
      for (Batch batch : batches) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("interrupted");
        }
        step++;
        GradientDescent.Outcome outcome =
            descent.step(batch.pixels(), batch.labels(), rate, dropoutSeed());
        stepsDone++;
        if (!Float.isFinite(outcome.loss())) {
          throw new DivergedException(outcome.loss(), number, step, rate);
        }
        seen += batch.size();
        loss += (double) outcome.loss() * batch.size();
        wrong += outcome.wrong();
        double perSecond = seen / seconds(began);
        long left = (long) settings.training.size() * (recipe.epochs() - number + 1) - seen;
        progress.step(
            new Step(
                number,
                recipe.epochs(),
                step,
                batches.count(),
                loss / seen,
                new ErrorRate(wrong, seen),
                rate,
                perSecond,
                left / perSecond));
      }
      waited = batches.waitNanos() / 1e9;
    }
    double seconds = seconds(began);
    Checkpoint now = checkpoint(descent.snapshot(), number);
    ErrorRates validation =
        Evaluation.of(now, settings.validation).centreCrop().quiet().run().errors();
    Epoch epoch =
        new Epoch(
            number, rate, loss / seen, new ErrorRate(wrong, seen), validation, seconds, waited);
    epochs.add(epoch);
    if (plateau.observe(validation.top1().wrong())) {
      best = withResult(now, epoch);
      bestEpoch = number;
      if (settings.bestFile != null) {
        best.write(settings.bestFile);
      }
    }
    progress.epoch(epoch);
  }

  private Batches batches(int epoch) {
    return Batches.of(settings.training)
        .window(settings.network.input())
        .scale(settings.scale)
        .augmentation(settings.augmentation)
        .colors(colors)
        .preprocessing(preprocessing)
        .size(recipe.batch())
        .shuffled(settings.seed, epoch)
        .open();
  }

  /** Depends on the seed and the number of the step alone, so that a resumed run draws the same. */
  private int dropoutSeed() {
    long mixed = (settings.seed ^ stepsDone * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    return (int) (mixed >>> 33);
  }

  private Checkpoint checkpoint(Parameters parameters, int epoch) {
    Engine engine = Engine.getEngine("PyTorch");
    Provenance provenance =
        Provenance.unknown()
            .with("trained on", settings.training)
            .with("validated on", settings.validation)
            .with("recipe", recipe)
            .with("scale", settings.scale)
            .with("augmentation", settings.augmentation)
            .with("first weights", settings.network.initialization())
            .with("seed", settings.seed)
            .with("epoch", epoch)
            .with(
                "versions",
                "DJL "
                    + Engine.getDjlVersion()
                    + ", PyTorch "
                    + engine.getVersion()
                    + ", Java "
                    + Runtime.version());
    return Checkpoint.of(parameters, settings.training.classes(), preprocessing, provenance)
        .withTrainingScale(settings.scale);
  }

  private static Checkpoint withResult(Checkpoint checkpoint, Epoch epoch) {
    return Checkpoint.of(
            checkpoint.parameters(),
            checkpoint.classes(),
            checkpoint.preprocessing(),
            checkpoint.provenance().with("validation", epoch.validation()))
        .withTrainingScale(checkpoint.trainingScale().orElseThrow());
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
