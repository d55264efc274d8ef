package verydeep.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import verydeep.NotFiniteException;
import verydeep.cpu.Arithmetic;
import verydeep.data.ColorStatistics;
import verydeep.data.Preprocessing;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.internal.batches.Batch;
import verydeep.internal.batches.Batches;
import verydeep.internal.batches.BatchesBuilder;
import verydeep.internal.djl.PinnedMemory;
import verydeep.internal.tasks.LossCounts;
import verydeep.internal.tasks.Targets;
import verydeep.network.Parameters;
import verydeep.weights.Checkpoint;

/** One run of a training: epochs, each with its validation, until a reason to stop. */
final class TrainingRun {

  private final TrainingSettings settings;
  private final Recipe recipe;
  private final Progress progress;
  private final ColorStatistics colors;
  private final Preprocessing preprocessing;
  private final double lossOfChance;
  private final long began = System.nanoTime();
  private TrainingKeeper keeper;
  private GradientDescent descent;

  // The progress; TrainingState has the same fields.
  private Plateau plateau;
  private int epoch;
  private int step;
  private long steps;
  private TrainingState.Sums sums;
  private List<Epoch> epochs;
  private int bestEpoch;
  private double secondsBefore;
  private Checkpoint best;

  TrainingRun(TrainingSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
    recipe = settings.recipe();
    colors = ColorStatistics.of(settings.training());
    preprocessing =
        settings.start().preprocessing().orElseGet(() -> Preprocessing.paper(colors.mean()));
    lossOfChance = settings.task().lossOfChance();
  }

  Training run() {
    boolean interrupted = Thread.interrupted(); // it would close the files that are read
    try (StopSignal signal = new StopSignal();
        TrainingKeeper opened = TrainingKeeper.open(settings, preprocessing, progress::notice)) {
      keeper = opened;
      Optional<StateFile> kept = keeper.newest();
      Parameters initial =
          kept.isPresent()
              ? kept.get().parameters()
              : settings.start().parameters(settings.network(), settings.seed());
      Arithmetic arithmetic = ArithmeticChoice.of(settings, kept);
      try (GradientDescent opening = settings.descent(initial, arithmetic)) {
        descent = opening;
        if (arithmetic != Arithmetic.DJL) {
          progress.notice("The steps are computed by " + descent.description() + ".");
        }
        begin(kept);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return run(signal);
      }
    } catch (RuntimeException e) {
      progress.failed(e);
      throw e;
    }
  }

  private void begin(Optional<StateFile> kept) {
    TrainingState state =
        kept.map(StateFile::state)
            .orElseGet(() -> TrainingState.beginning(recipe.rate(), settings.precision()));
    plateau = new Plateau(recipe.rate(), state.plateau());
    epoch = state.epoch();
    step = state.step();
    steps = state.steps();
    sums = state.sums();
    epochs = new ArrayList<>(state.epochs());
    if (!settings.task().hasTopFive()) {
      epochs.replaceAll(Epoch::withoutTopFive);
    }
    bestEpoch = state.bestEpoch();
    secondsBefore = state.seconds();
    kept.ifPresent(
        file ->
            descent.restore(
                file.momentum(),
                new LossScale(state.lossScale().value(), state.lossScale().since())));
    best = keeper.begin(state, descent);
  }

  private Training run(StopSignal signal) {
    Training.StopReason stopReason = Training.StopReason.LAST_EPOCH;
    try {
      while (!state().isFinished(recipe)) {
        epoch();
      }
      if (plateau.ended()) {
        stopReason = Training.StopReason.PLATEAU;
      }
    } catch (CancellationException e) {
      Thread.interrupted(); // this is what was asked for, and it is done
      stopReason = Training.StopReason.INTERRUPTED;
    }
    keeper.saveLast(state(), descent, best);
    if (signal.isRequested()) {
      progress.notice(keeper.farewell(state()));
      signal.restForever();
    }
    Checkpoint last = checkpoint(descent.snapshot(), epochs.size());
    Training training =
        new Training(
            recipe,
            descent.arithmetic(),
            epochs,
            bestEpoch,
            best == null ? last : best,
            last,
            stopReason,
            seconds());
    progress.ended(training);
    return training;
  }

  private void epoch() {
    double rate = plateau.rate();
    try (Batches batches = batches();
        PinnedMemory pinned = new PinnedMemory()) {
      long before = System.nanoTime();
      double earlier = sums.seconds();
      double waitedEarlier = sums.waited();
      for (Batch batch : batches) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("The thread was interrupted.");
        }
        batch.levels().ifPresent(levels -> pinned.pin(levels.bytes()));
        step(batch, rate);
        sums =
            new TrainingState.Sums(
                sums.outcome(),
                earlier + (System.nanoTime() - before) / 1e9,
                waitedEarlier + batches.waitNanos() / 1e9);
        progress.step(told(rate));
        keeper.saveIfDue(this::state, descent, best);
      }
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("The thread was interrupted.");
    }
    validate(rate);
  }

  private void step(Batch batch, double rate) {
    Targets targets = settings.task().targets(batch);
    descent.expect(dropoutSeed(steps + 1), Math.min(recipe.batch(), settings.training().size()));
    LossCounts outcome = descent.step(Inputs.of(batch), targets, rate, dropoutSeed(steps));
    step++;
    steps++;
    if (!Double.isFinite(outcome.loss())) {
      String where = Diagnosis.firstNotFinite(descent.snapshot(), batch.pixels(), batch.size());
      throw new DivergedException(outcome.meanLoss(), when(rate), where, epochs, best);
    }
    sums = new TrainingState.Sums(sums.outcome().plus(outcome), sums.seconds(), sums.waited());
  }

  private String when(double rate) {
    Progress.Step step = told(rate);
    return "in epoch %d, step %d, at a learning rate of %s"
        .formatted(step.epoch(), step.step(), step.rate());
  }

  private Progress.Step told(double rate) {
    LossCounts outcome = sums.outcome();
    int seen = Math.max(1, outcome.images());
    // crops without their object are counted too, though their loss is not
    int shown = Math.min(step * recipe.batch(), settings.training().size());
    double perSecond = shown / Math.max(1e-9, sums.seconds());
    long left = (long) settings.training().size() * (recipe.epochs() - epoch + 1) - shown;
    return new Progress.Step(
        epoch,
        recipe.epochs(),
        step,
        stepsInEpoch(),
        outcome.loss() / seen,
        errors(outcome),
        rate,
        perSecond,
        left / perSecond);
  }

  private int stepsInEpoch() {
    return (settings.training().size() + recipe.batch() - 1) / recipe.batch();
  }

  private ErrorRates errors(LossCounts counts) {
    int seen = Math.max(1, counts.images());
    ErrorRate top1 = new ErrorRate(counts.wrong(), seen);
    return settings.task().hasTopFive()
        ? ErrorRates.of(top1, new ErrorRate(counts.wrongOfFive(), seen))
        : ErrorRates.of(top1);
  }

  private void validate(double rate) {
    Checkpoint now = checkpoint(descent.snapshot(), epoch);
    ErrorRates validation = validation(now, rate);
    LossCounts outcome = sums.outcome();
    Epoch done =
        new Epoch(
            epoch,
            rate,
            outcome.meanLoss(),
            errors(outcome),
            validation,
            sums.seconds(),
            sums.waited());
    epochs.add(done);
    if (plateau.observe(validation.top1().wrong())) {
      best = now.withProvenance(now.provenance().with("validation", validation));
      bestEpoch = epoch;
      if (settings.bestFile() != null) {
        best.write(settings.bestFile());
      }
    }
    epoch++;
    step = 0;
    sums = TrainingState.Sums.NONE;
    keeper.epoch(epochs);
    progress.epoch(done);
    if (Diagnosis.hasStalled(epochs, stepsInEpoch(), lossOfChance)) {
      progress.notice(Diagnosis.stalled(stepsInEpoch(), lossOfChance));
    }
    keeper.saveIfDue(this::state, descent, best);
  }

  /**
   * Validates a network. One whose activations are not finite has diverged, as the next step's loss
   * would show.
   */
  private ErrorRates validation(Checkpoint now, double rate) {
    try {
      return settings.task().validate(now);
    } catch (NotFiniteException e) {
      throw new DivergedException(Double.NaN, when(rate), e.getMessage(), epochs, best);
    }
  }

  private TrainingState state() {
    return new TrainingState(
        epoch,
        step,
        steps,
        sums,
        plateau.state(),
        new TrainingState.ScaleState(descent.lossScale().value(), descent.lossScale().since()),
        epochs,
        bestEpoch,
        seconds());
  }

  private Batches batches() {
    BatchesBuilder batches = Batches.of(settings.training());
    if (settings.onCards()) {
      batches =
          batches.levels().threads(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    }
    return batches
        .window(settings.network().input())
        .scale(settings.scale())
        .augmentation(settings.augmentation())
        .colors(colors)
        .preprocessing(preprocessing)
        .size(recipe.batch())
        .shuffled(settings.seed(), epoch)
        .from(step)
        .open();
  }

  /**
   * Returns a seed that depends only on the training's seed and the step, so a resumed run draws
   * the same.
   */
  private long dropoutSeed(long steps) {
    return (settings.seed() ^ steps * 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
  }

  private Checkpoint checkpoint(Parameters parameters, int epochsDone) {
    return TrainingProvenance.checkpoint(
        settings, descent.arithmetic(), parameters, preprocessing, epochsDone);
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - began) / 1e9;
  }
}
