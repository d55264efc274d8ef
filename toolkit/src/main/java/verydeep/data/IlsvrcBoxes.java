package verydeep.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * ILSVRC's bounding boxes: VOC's XML with synsets for names, beside pictures, flat or by synset.
 */
final class IlsvrcBoxes {

  private IlsvrcBoxes() {}

  static BoxedImages read(Path pictures, Path annotations) {
    List<AnnotatedPicture> found = new ArrayList<>();
    List<BoxFlaw> flaws = new ArrayList<>();
    for (Path xml : files(annotations)) {
      Path picture = picture(pictures, annotations.relativize(xml));
      if (Files.isRegularFile(picture)) {
        Marking marking = VocXml.read(xml);
        found.add(named(marking.of(picture), xml));
        flaws.addAll(marking.flaws());
      }
    }
    if (found.isEmpty()) {
      throw new DataException(
          "no annotation of %s has its picture in %s".formatted(annotations, pictures));
    }
    return new BoxedImages(pictures.toString(), Ilsvrc.classes(), found, flaws, List.of());
  }

  private static List<Path> files(Path annotations) {
    if (!Files.isDirectory(annotations)) {
      throw new DataException("no folder of annotations: " + annotations);
    }
    try (Stream<Path> files = Files.walk(annotations, 2, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".xml")).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new DataException("cannot list " + annotations + ": " + e.getMessage(), e);
    }
  }

  /** In the same place, or else in the folder of the synset by which it is named, or flat. */
  private static Path picture(Path pictures, Path xml) {
    String file = xml.getFileName().toString();
    String name = file.substring(0, file.length() - ".xml".length());
    Path folder = xml.getParent();
    Path beside =
        VocTree.find(folder == null ? pictures : pictures.resolve(folder.toString()), name);
    if (Files.isRegularFile(beside)) {
      return beside;
    }
    int end = name.indexOf('_');
    Path bySynset = VocTree.find(pictures.resolve(end < 0 ? name : name.substring(0, end)), name);
    return Files.isRegularFile(bySynset) ? bySynset : VocTree.find(pictures, name);
  }

  /** With the names of {@link Ilsvrc#classes()} in place of synsets. */
  private static AnnotatedPicture named(AnnotatedPicture picture, Path xml) {
    List<String> classes = Ilsvrc.classes();
    List<ObjectAnnotation> objects =
        picture.objects().stream()
            .map(
                object ->
                    new ObjectAnnotation(
                        classes.get(Ilsvrc.index(object.name(), xml)),
                        object.box(),
                        object.difficult(),
                        object.truncated(),
                        object.pose()))
            .toList();
    return new AnnotatedPicture(picture.file(), picture.width(), picture.height(), objects);
  }
}
