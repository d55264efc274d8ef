package verydeep.benchmarks;

import java.nio.file.Path;

/** A contestant whom several clients ask at once. */
interface Answering extends Contestant {

  /** The most likely class of an image; any number of threads may ask. */
  int answer(Path image);

  @Override
  default void step() {
    throw new UnsupportedOperationException("it is asked about an image");
  }
}
