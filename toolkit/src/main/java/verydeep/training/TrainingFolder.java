package verydeep.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.internal.files.AtomicFile;
import verydeep.internal.files.WorkFolder;
import verydeep.weights.Checkpoint;

/**
 * The folder where a training saves its progress: its last two states, the best network that each
 * of them refers to, and a line for each epoch. Every file appears completely or not at all, and
 * none is deleted before its replacement exists, so at any instant the folder holds a state to
 * resume from.
 *
 * <pre>
 * state-00000213-02.safetensors   after step 213, two epochs completed
 * state-00000260-03.safetensors
 * best-003.safetensors            the network after epoch 3, a checkpoint like any other
 * epochs.csv
 * lock                            held while a process trains here
 * </pre>
 */
final class TrainingFolder implements AutoCloseable {

  private static final int KEPT = 2;

  private final WorkFolder folder;
  private final TrainingFacts settings;
  private final Consumer<String> notice;
  private final TreeMap<String, Integer> states = new TreeMap<>(); // name to its best epoch

  private TrainingFolder(WorkFolder folder, TrainingFacts settings, Consumer<String> notice) {
    this.folder = folder;
    this.settings = settings;
    this.notice = notice;
  }

  /**
   * Opens a folder for one training and creates it if it is missing.
   *
   * @param notice receives what a user should know
   * @throws VerydeepException if it cannot be written to, or another process trains there
   */
  static TrainingFolder open(Path folder, TrainingFacts settings, Consumer<String> notice) {
    try {
      return new TrainingFolder(
          WorkFolder.open(folder, "(state|best)-.*\\.safetensors|epochs\\.csv"), settings, notice);
    } catch (IOException e) {
      throw new VerydeepException("The folder " + folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the newest readable state.
   *
   * @return empty if the folder holds none
   * @throws VerydeepException if it belongs to a training with other settings, or no state can be
   *     read
   */
  Optional<StateFile> newest() {
    List<Path> found;
    try {
      found = new ArrayList<>(folder.files("state-\\d+-\\d+\\.safetensors"));
      Collections.reverse(found);
    } catch (IOException e) {
      throw new VerydeepException("The folder " + folder + " cannot be read: " + e, e);
    }
    List<String> damaged = new ArrayList<>();
    Optional<StateFile> newest = Optional.empty();
    for (Path file : found) {
      try {
        StateFile state = StateFile.read(file, settings);
        states.put(file.getFileName().toString(), state.state().bestEpoch());
        newest = newest.isPresent() ? newest : Optional.of(state);
      } catch (FileException e) {
        damaged.add(e.getMessage());
      }
    }
    if (newest.isEmpty() && !damaged.isEmpty()) {
      throw new VerydeepException(
          "No saved state of the training can be read: "
              + String.join(" ", damaged)
              + " Use another folder to start from scratch.");
    }
    damaged.forEach(message -> notice.accept("Skipped a damaged state. " + message));
    deleteUnneeded();
    return newest;
  }

  /** Deletes all states but the last two, and networks that no state refers to. */
  private void deleteUnneeded() {
    try {
      while (states.size() > KEPT) {
        Files.deleteIfExists(folder.resolve(states.firstKey()));
        states.pollFirstEntry();
      }
      for (Path file : folder.files("best-\\d+\\.safetensors")) {
        if (states.values().stream().noneMatch(epoch -> bestFile(epoch).equals(file))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      notice.accept("An old file in " + folder + " could not be deleted: " + e);
    }
  }

  /**
   * Returns the best network that a state refers to.
   *
   * @return the network; empty if there is none yet
   * @throws FileException if it cannot be read
   */
  Optional<Checkpoint> best(TrainingState state) {
    return state.bestEpoch() == 0
        ? Optional.empty()
        : Optional.of(Checkpoint.read(bestFile(state.bestEpoch())));
  }

  private Path bestFile(int epoch) {
    return folder.resolve(String.format(Locale.ROOT, "best-%03d.safetensors", epoch));
  }

  /**
   * Saves a state, with the best network if that is new, and deletes what neither this state nor
   * the previous one needs.
   *
   * @throws FileException if it cannot be written; the earlier files remain
   */
  void save(TrainingState state, GradientDescent descent, Checkpoint best) {
    if (state.bestEpoch() > 0 && !Files.exists(bestFile(state.bestEpoch()))) {
      best.write(bestFile(state.bestEpoch()));
    }
    String name =
        String.format(
            Locale.ROOT, "state-%08d-%02d.safetensors", state.steps(), state.epochs().size());
    StateFile.write(folder.resolve(name), settings, state, descent);
    states.put(name, state.bestEpoch());
    deleteUnneeded();
  }

  /** Writes the header and one line per epoch. */
  void writeEpochs(List<Epoch> epochs) {
    Path file = folder.resolve("epochs.csv");
    try {
      byte[] text = EpochLines.write(epochs).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(file, out -> out.write(text));
    } catch (IOException e) {
      notice.accept(file + " could not be written: " + e);
    }
  }

  /** Returns the path, for messages. */
  @Override
  public String toString() {
    return folder.toString();
  }

  @Override
  public void close() {
    folder.close();
  }
}
