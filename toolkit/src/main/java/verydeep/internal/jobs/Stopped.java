package verydeep.internal.jobs;

import java.util.concurrent.CancellationException;

/** What stopped work throws: it says what was done, and whether it is kept. */
final class Stopped {

  private Stopped() {}

  static CancellationException keptIn(JobFolder<?> folder, int done, int of) {
    return new CancellationException(
        "Stopped after %d of %d images. The same call goes on from there: they are in %s."
            .formatted(done, of, folder));
  }

  static CancellationException withoutFolder(int done, int of) {
    return new CancellationException(
        ("Stopped after %d of %d images. Without folder(...) none is kept, and the same call begins"
                + " again.")
            .formatted(done, of));
  }
}
