package verydeep.network;

import java.util.List;
import verydeep.VerydeepException;

/** Thrown when a layer is named that the network does not have. */
public final class UnknownLayerException extends VerydeepException {

  private static final long serialVersionUID = 1L;

  UnknownLayerException(String given, String network, List<String> known) {
    super(
        "There is no layer \""
            + given
            + "\" in "
            + network
            + "; its layers are "
            + String.join(", ", known)
            + ".");
  }
}
