package verydeep.data;

import java.awt.Dimension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import verydeep.VerydeepException;

/**
 * Reads ILSVRC's bounding boxes: VOC's XML with synsets as names, for images in a flat folder or in
 * folders by synset. Their meaning differs from VOC's: edges are counted from 0, in an image of the
 * size the annotator saw, which need not be the size of the file.
 */
final class IlsvrcBoxes {

  /** The depth of nested folders: ILSVRC/Annotations/CLS-LOC/train/n01440764/n01440764_18.xml. */
  private static final int DEEPEST = 6;

  private final Path images;
  private final Path annotations;
  private final Map<Path, ImageFolder> folders = new HashMap<>();

  private IlsvrcBoxes(Path images, Path annotations) {
    this.images = images;
    this.annotations = annotations;
  }

  static void read(Path images, Path annotations, BoxCollection boxes) {
    IlsvrcBoxes reader = new IlsvrcBoxes(images, annotations);
    for (Path xml : files(annotations)) {
      boxes.add(() -> reader.read(xml));
    }
    if (boxes.images().isEmpty() && boxes.skipped().isEmpty()) {
      throw new VerydeepException(
          "No annotation in %s has its image in %s.".formatted(annotations, images));
    }
  }

  /** Returns null if there is no image of the annotation. */
  private BoxCollection.Read read(Path xml) {
    Path image = image(xml);
    if (image == null) {
      return null;
    }
    AnnotationReader annotation = annotation(xml, image);
    return new BoxCollection.Read(annotation.ofStored(image), annotation.flaws());
  }

  private static List<Path> files(Path annotations) {
    if (!Files.isDirectory(annotations)) {
      throw new VerydeepException("There is no folder of annotations " + annotations + ".");
    }
    try (Stream<Path> files = Files.walk(annotations, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(VocTree::isXml).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new VerydeepException("Cannot list " + annotations + ": " + e.getMessage() + ".", e);
    }
  }

  /**
   * Finds an annotation's image: at the same relative path, or in the flat folder, or in the folder
   * of the synset that the image or an object is named after; null if it is in none of them.
   */
  private Path image(Path xml) {
    String name = name(xml);
    Path relative = annotations.relativize(xml).getParent();
    Path beside = relative == null ? images : images.resolve(relative.toString());
    Set<Path> likely = new LinkedHashSet<>(List.of(beside, images));
    String synset = synset(name);
    if (!synset.isEmpty()) {
      likely.add(images.resolve(synset));
      return first(likely, name);
    }
    Path known = first(likely, name);
    return known == null ? first(ofObjects(xml), name) : known;
  }

  private Path first(Set<Path> some, String name) {
    return some.stream()
        .map(folder -> folders.computeIfAbsent(folder, ImageFolder::new).find(name))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  private Set<Path> ofObjects(Path xml) {
    return VocXml.marks(xml).stream()
        .map(AnnotationReader.Drawn::name)
        .filter(Ilsvrc::knows)
        .map(images::resolve)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String name(Path xml) {
    return ImageFolder.stem(xml);
  }

  /**
   * Returns the synset in the name of a training image, such as n01440764_18; empty for other
   * images.
   */
  private static String synset(String name) {
    int end = name.indexOf('_');
    String synset = end < 0 ? name : name.substring(0, end);
    return Ilsvrc.knows(synset) ? synset : "";
  }

  private static AnnotationReader annotation(Path xml, Path image) {
    VocXml.Content seen = VocXml.content(xml, image);
    Dimension size = size(image, seen);
    double x = (double) size.width / seen.width();
    double y = (double) size.height / seen.height();
    AnnotationReader annotation = seen.annotation(xml, size.width, size.height);
    for (AnnotationReader.Drawn mark : seen.marks()) {
      annotation.add(
          new AnnotationReader.Drawn(
              mark.line(),
              Ilsvrc.classes().get(label(mark, xml)),
              (mark.left() + 1) * x, // not counted from 1, as VOC's are
              (mark.top() + 1) * y,
              mark.right() * x,
              mark.bottom() * y,
              mark.difficult(),
              mark.truncated(),
              mark.pose()));
    }
    return annotation;
  }

  /**
   * Returns the class of an object. Many dogs are named by breed, such as Scottish_deerhound,
   * instead of synset.
   */
  private static int label(AnnotationReader.Drawn mark, Path xml) {
    String object = mark.name();
    String synset = synset(name(xml));
    boolean words = !object.matches("n\\d{8}") && !synset.isEmpty();
    String wnid = words ? synset : object;
    if (!Ilsvrc.knows(wnid)) {
      String reason = "\"%s\" is not a synset of ILSVRC-2012, such as n01440764.".formatted(wnid);
      throw new UnreadableAnnotationException(xml, mark.line(), reason, null);
    }
    return Ilsvrc.index(wnid, xml);
  }

  /**
   * Returns the size of the file if it has the proportions of what the annotator saw; otherwise the
   * annotator's, and the image is then rejected when it is decoded.
   */
  private static Dimension size(Path image, VocXml.Content seen) {
    Dimension drawn = new Dimension(seen.width(), seen.height());
    try {
      Decoding.Stored stored = Decoding.stored(image);
      Dimension pixels = new Dimension(stored.width(), stored.height());
      if (sameShape(pixels, drawn)) {
        return pixels;
      }
      Dimension turned = new Dimension(stored.seenWidth(), stored.seenHeight());
      return sameShape(turned, drawn) ? turned : drawn;
    } catch (UnreadableImageException e) {
      return drawn;
    }
  }

  /** Returns whether the proportions match, as closely as whole pixels allow. */
  private static boolean sameShape(Dimension one, Dimension other) {
    long difference = Math.abs((long) one.width * other.height - (long) one.height * other.width);
    int sides = Math.max(one.width + one.height, other.width + other.height);
    return 2 * difference <= sides;
  }
}
