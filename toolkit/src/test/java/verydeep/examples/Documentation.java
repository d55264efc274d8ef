package verydeep.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where examples stand. */
enum Documentation {
  /** README and the other pages at the root, those of docs, and those beside data sets. */
  MARKDOWN,
  /** The documentation comments of the toolkit, and the overview of their site. */
  JAVADOC;

  /** All examples of a checkout of the repository, in the order of the pages' names. */
  List<Example> examples(Path root) {
    List<Path> files = this == MARKDOWN ? markdown(root) : javadoc(root);
    List<Example> examples = new ArrayList<>();
    for (Path file : files) {
      String page = root.relativize(file).toString().replace('\\', '/');
      String text = read(file);
      examples.addAll(
          this == MARKDOWN ? MarkdownExamples.of(page, text) : JavadocExamples.of(page, text));
    }
    return examples;
  }

  /** The page on Spark is tested by toolkit/spark, which has Spark. */
  private static boolean isOurs(Path page) {
    return !page.endsWith("spark.md");
  }

  private static List<Path> markdown(Path root) {
    return Stream.of(
            files(root, 1, ".md"),
            files(root.resolve("docs"), 9, ".md").stream().filter(Documentation::isOurs).toList(),
            files(root.resolve("datasets"), 2, ".md"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Path> javadoc(Path root) {
    Path sources = root.resolve("toolkit/src/main");
    return Stream.of(files(sources.resolve("java"), 99, ".java"), files(sources, 2, ".html"))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Path> files(Path folder, int depth, String ending) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
