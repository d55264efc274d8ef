package verydeep.training;

/** The loss became infinite or not a number, so that going on is of no use. */
public final class DivergedException extends TrainingException {

  private static final long serialVersionUID = 1L;

  DivergedException(float loss, int epoch, int step, double rate) {
    super(
        "The loss is "
            + loss
            + " in epoch "
            + epoch
            + ", step "
            + step
            + ", at a learning rate of "
            + rate
            + ". Usually a lower rate helps, or Glorot's initialisation; check also that "
            + "pictures and preprocessing belong together.");
  }
}
