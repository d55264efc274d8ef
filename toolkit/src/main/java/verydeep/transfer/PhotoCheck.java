package verydeep.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.Skipped;

/**
 * What is wrong with a folder of photos before anything is learned from it: files that cannot be
 * read, copies, classes with too few.
 *
 * @param images what is left
 * @param warnings what a user should know, in sentences
 */
record PhotoCheck(Images images, List<String> warnings) {

  /** Below this, little can be said about a class: two images are held out. */
  private static final int FEW = 10;

  /** Copies and files that are named in a warning. */
  private static final int NAMED = 3;

  static PhotoCheck of(Images given) {
    Images readable = given.skippingUnreadable();
    List<String> warnings = new ArrayList<>();
    unreadable(readable.skipped(), warnings);
    Images left = readable.subset(withoutCopies(readable, warnings));
    int[] before = readable.counts();
    int[] counts = left.counts();
    for (int label = 0; label < counts.length; label++) {
      String name = left.classes().get(label);
      if (before[label] == 0) {
        warnings.add("Class \"%s\" has no image, so that it is never predicted.".formatted(name));
        continue;
      }
      if (counts[label] == 0) {
        throw new VerydeepException(
            ("Class \"%s\" has no image left: all its files are copies of files of other classes."
                    + " Delete those that are in the wrong folder.")
                .formatted(name));
      }
      if (counts[label] < FEW) {
        warnings.add(
            counts[label] == 1
                ? "Class \"%s\" has one image, so that its error cannot be told.".formatted(name)
                : "Class \"%s\" has only %d images, so that little can be said about its error."
                    .formatted(name, counts[label]));
      }
    }
    return new PhotoCheck(left, List.copyOf(warnings));
  }

  private static void unreadable(List<Skipped> skipped, List<String> warnings) {
    if (!skipped.isEmpty()) {
      warnings.add(
          "%d %s could not be read and %s left out: %s."
              .formatted(
                  skipped.size(),
                  skipped.size() == 1 ? "file" : "files",
                  skipped.size() == 1 ? "is" : "are",
                  named(skipped.stream().map(s -> s.file().toString()).toList())));
    }
  }

  private static int[] withoutCopies(Images images, List<String> warnings) {
    Map<String, List<Integer>> byContent = new LinkedHashMap<>();
    for (int i = 0; i < images.size(); i++) {
      String key = ContentHashes.of(images.bytes(i)) + images.box(i);
      byContent.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
    }
    Set<Integer> out = new LinkedHashSet<>();
    List<String> within = new ArrayList<>();
    Map<String, List<String>> across = new LinkedHashMap<>();
    for (List<Integer> same : byContent.values()) {
      Set<String> classes =
          same.stream()
              .map(i -> images.classes().get(images.label(i)))
              .collect(Collectors.toCollection(LinkedHashSet::new));
      if (classes.size() > 1) {
        out.addAll(same);
        across
            .computeIfAbsent(String.join("\" and \"", classes), k -> new ArrayList<>())
            .add(same.stream().map(i -> images.name(i)).collect(Collectors.joining(" = ")));
      } else {
        same.stream().skip(1).forEach(out::add);
        same.stream().skip(1).forEach(i -> within.add(images.name(i)));
      }
    }
    across.forEach(
        (classes, files) ->
            warnings.add(
                "Classes \"%s\" share %d identical %s, which %s left out of all of them: %s."
                    .formatted(
                        classes,
                        files.size(),
                        files.size() == 1 ? "image" : "images",
                        files.size() == 1 ? "is" : "are",
                        named(files))));
    if (!within.isEmpty()) {
      warnings.add(
          "%d %s of others of the same class and %s left out: %s."
              .formatted(
                  within.size(),
                  within.size() == 1 ? "image is a copy" : "images are copies",
                  within.size() == 1 ? "is" : "are",
                  named(within)));
    }
    return IntStream.range(0, images.size()).filter(i -> !out.contains(i)).toArray();
  }

  private static String named(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
  }
}
