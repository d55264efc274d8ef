package verydeep.internal.jobs;

import java.util.ArrayList;
import java.util.List;
import verydeep.VerydeepException;

/** The error of a job that is joined before it is done. */
final class Missing {

  /** Ranges that a message lists. */
  private static final int LISTED = 5;

  private Missing() {}

  static <P> VerydeepException in(JobFolder<P> folder, List<KeptPart<P>> parts, int size) {
    List<String> gaps = new ArrayList<>();
    int missing = 0;
    int at = 0;
    while (at < size) {
      KeptPart<P> part = Cover.longestAt(parts, at);
      if (part == null) {
        int to = Cover.nextBegin(parts, at, size);
        gaps.add("%d to %d".formatted(at, to - 1));
        missing += to - at;
        at = to;
      } else {
        at = part.to();
      }
    }
    String listed = String.join(", ", gaps.subList(0, Math.min(LISTED, gaps.size())));
    return new VerydeepException(
        "The job is not done: %d of %d images are missing in %s (%s%s). Run the parts that hold them."
            .formatted(missing, size, folder, listed, gaps.size() > LISTED ? ", …" : ""));
  }
}
