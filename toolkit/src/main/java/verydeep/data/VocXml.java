package verydeep.data;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d{1,9}(\\.\\d{0,20})?|\\.\\d{1,20})([eE][-+]?\\d{1,2})?");

  private final Path file;
  private final Deque<String> path = new ArrayDeque<>();
  private final Map<String, String> texts = new HashMap<>();
  private final List<AnnotationReader.Drawn> marks = new ArrayList<>();
  private StringBuilder text = new StringBuilder();
  private XMLStreamReader xml;
  private int objectLine;
  private int sizeLine;
  private int width;
  private int height;

  private VocXml(Path file) {
    this.file = file;
  }

  /** Reads the objects of an image's annotation. */
  static BoxCollection.Read read(Path file, Path image) {
    Content content = content(file, image);
    AnnotationReader annotation = content.annotation(file, content.width(), content.height());
    content.marks().forEach(annotation::add);
    return new BoxCollection.Read(annotation.ofStored(image), annotation.flaws());
  }

  /**
   * The contents of an annotation, unchecked.
   *
   * @param width the image's width in pixels
   * @param height the image's height in pixels
   * @param line the line of a size that is not stated, from 1; 0 if it is stated
   * @param marks its objects
   */
  record Content(int width, int height, int line, List<AnnotationReader.Drawn> marks) {

    AnnotationReader annotation(Path file, int imageWidth, int imageHeight) {
      AnnotationReader annotation = new AnnotationReader(file, imageWidth, imageHeight);
      if (line > 0) {
        annotation.addMissingSize(line);
      }
      return annotation;
    }
  }

  /** Returns the contents of an annotation, with the image's stored size if it states none. */
  static Content content(Path file, Path image) {
    VocXml reader = parsed(file);
    if (reader.width > 0 && reader.height > 0) {
      return new Content(reader.width, reader.height, 0, reader.marks);
    }
    try {
      Decoding.Stored stored = Decoding.stored(image);
      return new Content(stored.width(), stored.height(), reader.sizeLine, reader.marks);
    } catch (UnreadableImageException e) {
      String reason = "It does not state the size of %s, which cannot be read: %s";
      throw new UnreadableAnnotationException(file, 0, reason.formatted(image, e.reason()), e);
    }
  }

  /** Returns the objects of an annotation. */
  static List<AnnotationReader.Drawn> marks(Path file) {
    return parsed(file).marks;
  }

  /**
   * Returns the box of one object.
   *
   * @param image the image it is in
   * @param index its position among all objects, from 1, including unusable ones
   * @param name the class it must have
   */
  static BoundingBox box(Path file, Path image, int index, String name) {
    Content reader = content(file, image);
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
    AnnotationReader annotation = reader.annotation(file, reader.width, reader.height);
    annotation.add(mark);
    List<AnnotatedImage.Annotation> usable = annotation.ofStored(image).objects();
    if (usable.isEmpty()) {
      String reason = annotation.flaws().get(annotation.flaws().size() - 1).reason();
      throw new UnreadableAnnotationException(
          file, mark.line(), "The object cannot be used: " + reason + ".", null);
    }
    return usable.get(0).box();
  }

  private static VocXml parsed(Path file) {
    VocXml reader = new VocXml(file);
    String text = TextFile.xml(file, MOST_BYTES);
    int begin = afterProlog(text);
    if (text.startsWith("<!DOCTYPE", begin)) { // of one that is cut off the JDK prints to stderr
      int line = (int) text.substring(0, begin).chars().filter(it -> it == '\n').count() + 1;
      String reason = "Document types and entities are not allowed.";
      throw new UnreadableAnnotationException(file, line, reason, null);
    }
    try {
      reader.parse(text);
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNumber());
      throw new UnreadableAnnotationException(file, line, reason(e), e);
    }
    return reader;
  }

  /** Returns where declaration, comments and blanks end. */
  private static int afterProlog(String text) {
    int at = 0;
    int end = 0;
    while (end >= 0) {
      at = end;
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      end = text.startsWith("<?", at) ? after("?>", text, at) : -1;
      end = text.startsWith("<!--", at) ? after("-->", text, at) : end;
    }
    return at;
  }

  /** Returns where the next of these ends; -1 if there is none. */
  private static int after(String what, String text, int from) {
    int at = text.indexOf(what, from);
    return at < 0 ? -1 : at + what.length();
  }

  /** Returns the message itself, which follows the position. */
  private static String reason(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int at = message.lastIndexOf("Message: ");
    String reason = at < 0 ? message : message.substring(at + "Message: ".length());
    return "It is not well-formed XML: " + reason;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setXMLReporter((message, kind, related, location) -> {}); // it would print to stderr
    return factory;
  }

  private void parse(String content) throws XMLStreamException {
    xml = factory().createXMLStreamReader(new StringReader(content));
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
    } else if (at("annotation") || at("annotation/size")) {
      sizeLine = line();
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
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "1", "true" -> true;
      case "0", "false", "", "unspecified" -> false;
      default ->
          throw error("The value of %s is \"%s\"; it must be 0 or 1.".formatted(name, value));
    };
  }

  /** Returns a side of the image; 0 if it is empty or 0, as labeling tools write it. */
  private int side(String name) {
    String value = text.toString().strip();
    double side =
        value.isEmpty() ? 0 : NUMBER.matcher(value).matches() ? Double.parseDouble(value) : -1;
    if (side < 0 || side > LARGEST_SIDE || side != Math.rint(side)) {
      throw error(
          "The image's %s is \"%s\"; it must be from 1 to %d pixels."
              .formatted(name, value, LARGEST_SIDE));
    }
    return (int) side;
  }

  private int line() {
    return xml == null ? 0 : xml.getLocation().getLineNumber();
  }

  private UnreadableAnnotationException error(String reason) {
    return new UnreadableAnnotationException(file, line(), reason, null);
  }
}
