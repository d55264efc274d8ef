package verydeep.data;

/** The order of a network's three input planes. */
public enum ChannelOrder {
  /** Red, green, blue: torchvision's. */
  RGB,
  /** Blue, green, red: Caffe's, and so the authors' released weights'. */
  BGR;

  /** The channel, red 0 to blue 2, that plane 0, 1 or 2 holds. */
  int channel(int plane) {
    return this == RGB ? plane : 2 - plane;
  }
}
