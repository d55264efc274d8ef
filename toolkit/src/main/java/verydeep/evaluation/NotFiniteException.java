package verydeep.evaluation;

import verydeep.VerydeepException;

/**
 * A network's activation is infinite or not a number; the message names the image and the first
 * such layer.
 */
public final class NotFiniteException extends VerydeepException {

  private static final long serialVersionUID = 1L;

  NotFiniteException(String message) {
    super(message);
  }
}
