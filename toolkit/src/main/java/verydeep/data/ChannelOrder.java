package verydeep.data;

/** The order of a network's three input planes. */
public enum ChannelOrder {
  /** Red, green, blue: the order of torchvision. */
  RGB,
  /** Blue, green, red: the order of Caffe, and so of the authors' released weights. */
  BGR;

  /** Returns the channel, from 0 for red to 2 for blue, that plane 0, 1 or 2 holds. */
  int channel(int plane) {
    return this == RGB ? plane : 2 - plane;
  }
}
