package verydeep.internal.jobs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which of the parts in a folder, some of which overlap, lie end to end. */
final class Cover {

  private Cover() {}

  /** Returns parts that cover a range without overlap; none if there are no such. */
  static <P> List<KeptPart<P>> of(List<KeptPart<P>> parts, int from, int to) {
    List<KeptPart<P>> lastFirst = new ArrayList<>(parts);
    lastFirst.sort(Comparator.<KeptPart<P>>comparingInt(KeptPart::from).reversed());
    Map<Integer, KeptPart<P>> next = new HashMap<>();
    for (KeptPart<P> part : lastFirst) {
      KeptPart<P> other = next.get(part.from());
      boolean reaches = part.to() == to || next.containsKey(part.to());
      if (reaches && part.to() <= to && (other == null || other.to() < part.to())) {
        next.put(part.from(), part);
      }
    }
    List<KeptPart<P>> cover = new ArrayList<>();
    for (int at = from; at < to && next.containsKey(at); at = next.get(at).to()) {
      cover.add(next.get(at));
    }
    return cover;
  }

  /** Returns the longest part that begins at an image; null if none does. */
  static <P> KeptPart<P> longestAt(List<KeptPart<P>> parts, int from) {
    return parts.stream()
        .filter(part -> part.from() == from)
        .max(Comparator.comparingInt(KeptPart::to))
        .orElse(null);
  }

  /** Returns where the next part begins after an image; the limit if none does before it. */
  static <P> int nextBegin(List<KeptPart<P>> parts, int after, int limit) {
    return parts.stream()
        .mapToInt(KeptPart::from)
        .filter(from -> from > after)
        .reduce(limit, Math::min);
  }
}
