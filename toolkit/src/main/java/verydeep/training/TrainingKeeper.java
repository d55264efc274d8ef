package verydeep.training;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.data.Preprocessing;
import verydeep.weights.Checkpoint;

/**
 * Saves a training in its folder at the right times and reports when it cannot; does nothing
 * without a folder.
 */
final class TrainingKeeper implements AutoCloseable {

  private final TrainingFolder folder;
  private final TrainingSettings training;
  private final Consumer<String> notice;
  private final SavePace pace;
  private boolean saved;
  private long savedSteps = -1;
  private int savedEpochs = -1;

  private TrainingKeeper(
      TrainingFolder folder, TrainingSettings training, Consumer<String> notice) {
    this.folder = folder;
    this.training = training;
    this.notice = notice;
    pace = new SavePace(training.writeEvery(), training.saveShare());
  }

  static TrainingKeeper open(
      TrainingSettings training, Preprocessing preprocessing, Consumer<String> notice) {
    if (training.folder() == null) {
      return new TrainingKeeper(null, training, notice);
    }
    TrainingFacts settings = TrainingFacts.of(training, preprocessing);
    return new TrainingKeeper(
        TrainingFolder.open(training.folder(), settings, notice), training, notice);
  }

  /** Returns the state to resume from. */
  Optional<StateFile> newest() {
    Optional<StateFile> newest = folder == null ? Optional.empty() : folder.newest();
    newest
        .map(StateFile::versions)
        .filter(versions -> !versions.equals(TrainingFacts.versions()))
        .ifPresent(
            versions ->
                notice.accept(
                    "The training began with other library versions, so the last digits may differ"
                        + " from here on: "
                        + versions
                        + " then, "
                        + TrainingFacts.versions()
                        + " now."));
    return newest;
  }

  /**
   * Reports where the training resumes, or saves the start of a new one, so that a folder that
   * cannot be written to is found at once.
   *
   * @return the best network so far, or null
   * @throws VerydeepException if the folder cannot be written to
   */
  Checkpoint begin(TrainingState state, GradientDescent descent) {
    if (folder == null) {
      return null;
    }
    if (state.steps() == 0) {
      try {
        pace.time(() -> folder.save(state, descent, null));
        remember(state);
      } catch (FileException e) {
        throw new VerydeepException(
            "The training cannot be saved in its folder: " + e.getMessage(), e);
      }
      return null;
    }
    folder.writeEpochs(state.epochs());
    String where =
        state.isFinished(training.recipe())
            ? "The training in %s is already finished; this is its result.".formatted(folder)
            : "Resuming the training in %s in epoch %d, after step %d."
                .formatted(folder, state.epoch(), state.step());
    notice.accept(where);
    remember(state);
    return folder.best(state).orElse(null);
  }

  void epoch(List<Epoch> epochs) {
    if (folder != null) {
      folder.writeEpochs(epochs);
    }
  }

  void saveIfDue(Supplier<TrainingState> state, GradientDescent descent, Checkpoint best) {
    if (folder != null && pace.isDue()) {
      save(state.get(), descent, best);
    }
  }

  /** Saves the last state, however the training ends. */
  void saveLast(TrainingState state, GradientDescent descent, Checkpoint best) {
    if (folder != null && (state.steps() > savedSteps || state.epochs().size() > savedEpochs)) {
      save(state, descent, best);
    }
  }

  private void remember(TrainingState state) {
    saved = true;
    savedSteps = state.steps();
    savedEpochs = state.epochs().size();
  }

  private void save(TrainingState state, GradientDescent descent, Checkpoint best) {
    try {
      pace.time(() -> folder.save(state, descent, best));
      remember(state);
    } catch (FileException e) {
      saved = false;
      notice.accept(
          "The training could not be saved; its previous state is still there. " + e.getMessage());
    }
  }

  /** Returns the message for a signal that ends the process. */
  String farewell(TrainingState state) {
    String where = "Stopped by a signal in epoch " + state.epoch() + ", after step " + state.step();
    if (folder == null) {
      return where + ". Nothing is saved because the training has no folder.";
    }
    return where
        + (saved
            ? ". Its state is in " + folder + ". The same call resumes from there."
            : ". What could be saved earlier is in " + folder + ".");
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
  }
}
