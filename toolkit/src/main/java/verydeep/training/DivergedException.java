package verydeep.training;

import java.util.List;
import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.weights.Checkpoint;

/**
 * Thrown when the loss becomes infinite or NaN. The exception holds the epochs completed so far and
 * the best network among them.
 */
public final class DivergedException extends VerydeepException {

  private static final long serialVersionUID = 1L;

  private final transient List<Epoch> epochs;
  private final transient Checkpoint best;

  DivergedException(double loss, String when, String where, List<Epoch> epochs, Checkpoint best) {
    super(
        "The loss is "
            + loss
            + " "
            + when
            + ". "
            + where
            + " Lower the learning rate, use Glorot's initialization, or start a deep net from a"
            + " trained net A, and check that the preprocessing matches the images."
            + (best == null
                ? " No epoch had been completed."
                : " The best network of the "
                    + epochs.size()
                    + " completed epochs is in this exception."));
    this.epochs = List.copyOf(epochs);
    this.best = best;
  }

  /**
   * Returns the epochs completed before the loss diverged.
   *
   * @return the epochs, in order
   */
  public List<Epoch> epochs() {
    return epochs;
  }

  /**
   * Returns the network after the best of these epochs.
   *
   * @return the checkpoint; empty if no epoch was completed
   */
  public Optional<Checkpoint> best() {
    return Optional.ofNullable(best);
  }
}
