package verydeep.weights;

import java.io.IOException;

/** Thrown when a source provides something other than the wanted file, and would do so again. */
final class Refused extends IOException {

  private static final long serialVersionUID = 1L;

  Refused(String reason) {
    super(reason);
  }
}
