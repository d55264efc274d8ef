package verydeep.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads annotations of PASCAL VOC, of which ILSVRC's are a dialect: {@code annotation/size/width},
 * {@code annotation/object/name}, {@code annotation/object/bndbox/xmin}. Everything else, such as
 * the parts of a person, is skipped. Files are considered hostile: no DTD, no entities beyond XML's
 * own five, and limits on depth, size and number.
 */
final class VocXml {

  private static final long MOST_BYTES = 16 << 20;
  private static final int DEEPEST = 32;
  private static final int LARGEST_SIDE = 1 << 20;
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,9}(\\.\\d{0,20})?");

  private final Path file;
  private final Deque<String> path = new ArrayDeque<>();
  private final Map<String, String> texts = new HashMap<>();
  private final List<AnnotationReader.Drawn> marks = new ArrayList<>();
  private StringBuilder text = new StringBuilder();
  private XMLStreamReader xml;
  private int objectLine;
  private int width;
  private int height;

  private VocXml(Path file) {
    this.file = file;
  }

  /** Reads the objects of an annotation, with the class names it uses. */
  static AnnotationReader read(Path file) {
    VocXml reader = parsed(file);
    AnnotationReader annotation = new AnnotationReader(file, reader.width, reader.height);
    reader.marks.forEach(annotation::add);
    return annotation;
  }

  /**
   * The contents of an annotation, unchecked.
   *
   * @param width the image's width in pixels
   * @param height the image's height in pixels
   * @param marks its objects
   */
  record Content(int width, int height, List<AnnotationReader.Drawn> marks) {}

  static Content content(Path file) {
    VocXml reader = parsed(file);
    return new Content(reader.width, reader.height, reader.marks);
  }

  /**
   * Returns the box of one object.
   *
   * @param image the image it is in
   * @param index its position among all objects, from 1, including unusable ones
   * @param name the class it must have
   */
  static BoundingBox box(Path file, Path image, int index, String name) {
    VocXml reader = parsed(file);
    if (index > reader.marks.size()) {
      throw new UnreadableAnnotationException(
          file,
          0,
          "It has %d objects, so there is no object %d.".formatted(reader.marks.size(), index),
          null);
    }
    AnnotationReader.Drawn mark = reader.marks.get(index - 1);
    if (!mark.name().equals(name)) {
      throw new UnreadableAnnotationException(
          file,
          mark.line(),
          "Object %d is of class %s; class %s is needed.".formatted(index, mark.name(), name),
          null);
    }
    AnnotationReader annotation = new AnnotationReader(file, reader.width, reader.height);
    annotation.add(mark);
    List<ObjectAnnotation> usable = annotation.ofStored(image).objects();
    if (usable.isEmpty()) {
      String reason = annotation.flaws().get(0).reason();
      throw new UnreadableAnnotationException(
          file, mark.line(), "The object cannot be used: " + reason + ".", null);
    }
    return usable.get(0).box();
  }

  private static VocXml parsed(Path file) {
    VocXml reader = new VocXml(file);
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw reader.error(
            "It has %,d bytes; at most %,d are allowed.".formatted(size, MOST_BYTES));
      }
      try (InputStream in = Files.newInputStream(file)) {
        reader.parse(in);
      }
    } catch (IOException e) {
      throw new UnreadableAnnotationException(file, 0, "It cannot be read: " + e + ".", e);
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      throw new UnreadableAnnotationException(
          file, line, "It is not well-formed XML: " + reason(e), e);
    }
    return reader;
  }

  /** Returns the message itself, which follows the position. */
  private static String reason(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int at = message.lastIndexOf("Message: ");
    return at < 0 ? message : message.substring(at + "Message: ".length());
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    return factory;
  }

  private void parse(InputStream in) throws XMLStreamException {
    xml = factory().createXMLStreamReader(in);
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> open(xml.getLocalName());
        case XMLStreamConstants.END_ELEMENT -> close();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw error("Document types and entities are not allowed.");
        default -> {}
      }
    }
    if (width == 0 || height == 0) {
      throw new UnreadableAnnotationException(
          file, 0, "It does not state the image's size (annotation/size/width and height).", null);
    }
  }

  private void open(String name) {
    if (path.isEmpty() && !name.equals("annotation")) {
      throw error("It begins with <" + name + ">; an annotation begins with <annotation>.");
    }
    if (path.size() == DEEPEST) {
      throw error("Elements are nested more than " + DEEPEST + " deep.");
    }
    path.addLast(name);
    text = new StringBuilder();
    if (at("annotation/object")) {
      texts.clear();
      objectLine = line();
    }
  }

  private void close() {
    String whole = String.join("/", path);
    if (whole.startsWith("annotation/object/")) {
      texts.putIfAbsent(whole.substring("annotation/object/".length()), text.toString().strip());
    } else if (at("annotation/object")) {
      object();
    } else if (at("annotation/size/width")) {
      width = side("width");
    } else if (at("annotation/size/height")) {
      height = side("height");
    }
    path.removeLast();
    text = new StringBuilder();
  }

  private boolean at(String place) {
    return String.join("/", path).equals(place);
  }

  private void object() {
    String name = texts.getOrDefault("name", "");
    if (name.isEmpty()) {
      throw error("An object has no name.");
    }
    if (marks.size() == AnnotationReader.MOST_OBJECTS) {
      throw error("It has more than " + AnnotationReader.MOST_OBJECTS + " objects.");
    }
    marks.add(
        new AnnotationReader.Drawn(
            objectLine,
            name,
            edge(name, "xmin") - 1, // VOC gives the pixel, from 1; here it is its edge, from 0
            edge(name, "ymin") - 1,
            edge(name, "xmax"),
            edge(name, "ymax"),
            flag("difficult"),
            flag("truncated"),
            texts.getOrDefault("pose", "")));
  }

  private double edge(String name, String edge) {
    String value = texts.get("bndbox/" + edge);
    if (value == null) {
      throw error("The " + name + " has no bndbox/" + edge + ".");
    }
    if (!NUMBER.matcher(value).matches()) {
      throw error("The %s has \"%s\" of \"%s\"; a number is needed.".formatted(name, edge, value));
    }
    return Double.parseDouble(value);
  }

  private boolean flag(String name) {
    String value = texts.getOrDefault(name, "0");
    return switch (value) {
      case "1", "true" -> true;
      case "0", "false", "", "Unspecified" -> false;
      default ->
          throw error("The value of %s is \"%s\"; it must be 0 or 1.".formatted(name, value));
    };
  }

  private int side(String name) {
    String value = text.toString().strip();
    int side = value.matches("\\d{1,7}") ? Integer.parseInt(value) : 0;
    if (side < 1 || side > LARGEST_SIDE) {
      throw error(
          "The image's %s is \"%s\"; it must be from 1 to %d pixels."
              .formatted(name, value, LARGEST_SIDE));
    }
    return side;
  }

  private int line() {
    return xml == null ? 0 : xml.getLocation().getLineNumber();
  }

  private UnreadableAnnotationException error(String reason) {
    return new UnreadableAnnotationException(file, line(), reason, null);
  }
}
