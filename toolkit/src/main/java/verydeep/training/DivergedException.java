package verydeep.training;

import java.util.List;
import java.util.Optional;
import verydeep.VerydeepException;
import verydeep.weights.Checkpoint;

/**
 * The loss became infinite or not a number, so that going on is of no use. What was trained before
 * is not lost: the exception holds the epochs that were done and the best network of them.
 */
public final class DivergedException extends VerydeepException {

  private static final long serialVersionUID = 1L;

  private final transient List<Epoch> epochs;
  private final transient Checkpoint best;

  DivergedException(double loss, Step step, String where, List<Epoch> epochs, Checkpoint best) {
    super(
        "The loss is "
            + loss
            + " in epoch "
            + step.epoch()
            + ", step "
            + step.step()
            + ", at a learning rate of "
            + step.rate()
            + ". "
            + where
            + " Usually a lower rate helps, or Glorot's initialization, or starting a deep net from"
            + " a trained net A; check also that images and preprocessing belong together."
            + (best == null
                ? " No epoch was finished before."
                : " The best network of the "
                    + epochs.size()
                    + " epochs before is kept in this exception."));
    this.epochs = List.copyOf(epochs);
    this.best = best;
  }

  /**
   * The epochs that were done before.
   *
   * @return first to last
   */
  public List<Epoch> epochs() {
    return epochs;
  }

  /**
   * The network after the best of them.
   *
   * @return empty if none was done
   */
  public Optional<Checkpoint> best() {
    return Optional.ofNullable(best);
  }
}
