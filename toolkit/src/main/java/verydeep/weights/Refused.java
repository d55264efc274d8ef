package verydeep.weights;

import java.io.IOException;

/** A source gives something else than the file that is wanted, and would do so again. */
final class Refused extends IOException {

  private static final long serialVersionUID = 1L;

  Refused(String reason) {
    super(reason);
  }
}
