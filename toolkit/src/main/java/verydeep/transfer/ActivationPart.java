package verydeep.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The activations of some images, one after the other.
 *
 * @param vectors by layer and scale, a vector for each image that could be read
 * @param unreadable why the others could not, by their index among all of these images
 */
record ActivationPart(Map<Tap, List<float[]>> vectors, SortedMap<Integer, String> unreadable) {

  /** Returns how many images there are, those that could not be read among them. */
  int images() {
    return unreadable.size() + vectors.values().iterator().next().size();
  }

  /** Returns several parts, in order, as one; also none. */
  static ActivationPart joined(List<Tap> taps, List<ActivationPart> parts) {
    Map<Tap, List<float[]>> vectors = new LinkedHashMap<>();
    for (Tap tap : taps) {
      List<float[]> all = new ArrayList<>();
      parts.forEach(part -> all.addAll(part.vectors.get(tap)));
      vectors.put(tap, all);
    }
    SortedMap<Integer, String> unreadable = new TreeMap<>();
    int before = 0;
    for (ActivationPart part : parts) {
      for (Map.Entry<Integer, String> one : part.unreadable.entrySet()) {
        unreadable.put(before + one.getKey(), one.getValue());
      }
      before += part.images();
    }
    return new ActivationPart(vectors, unreadable);
  }
}
