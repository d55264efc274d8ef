package verydeep.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every example of the Javadoc runs as it stands. */
class JavadocExamplesTest {

  private static final int MOST_COMPILED_ONLY = 1;

  @TestFactory
  Stream<DynamicContainer> examples(@TempDir Path folder) throws IOException, InterruptedException {
    return ExampleRuns.tests(Documentation.JAVADOC, folder, MOST_COMPILED_ONLY);
  }
}
