package verydeep.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples are found where they stand, and nothing else is taken for one. */
class DocumentationTest {

  @Test
  void findsFencedJava() {
    List<Example> found =
        MarkdownExamples.of(
            "page.md",
            """
            # Title

            ```java
            one();
            ```
            ## Part
            ```sh
            # no heading
            ```
            - an item

              ```java
              two();
                more();
              ```
            <!-- compile-only: it takes hours -->
            ```java
            three();
            ```
            ````java
            ```
            ````
            """);

    assertThat(found)
        .containsExactly(
            new Example("page.md", "Title", 4, "one();\n", ""),
            new Example("page.md", "Part", 13, "two();\n  more();\n", ""),
            new Example("page.md", "Part", 18, "three();\n", "it takes hours"),
            new Example("page.md", "Part", 21, "```\n", ""));
  }

  @Test
  void refusesUnknownWordsAtAFence() {
    assertThatThrownBy(() -> MarkdownExamples.of("page.md", "\n```java compile-only\n```\n"))
        .hasMessage("page.md:2: unknown words behind the language: compile-only");
  }

  @Test
  void findsBlocksOfCodeInJavadoc() {
    List<Example> found =
        JavadocExamples.of(
            "verydeep/Type.java",
            """
            /**
             * Text with {@code code}.
             *
             * <pre>{@code
             * for (;;) {
             *   one();
             * }
             * }</pre>
             *
             * <pre class="python">{@code
             * print(1)
             * }</pre>
             *
             * <pre>
             * a listing
             * </pre>
             */
            class Type {
              /* <pre>{@code no() }</pre> */
              /**
               * <!-- compile-only: it takes
               * hours -->
               *
               * <pre>{@code
               * two();
               * }</pre>
               */
              void method() {}
            }
            """);

    assertThat(found)
        .containsExactly(
            new Example("verydeep/Type.java", "Type", 5, "for (;;) {\n  one();\n}\n", ""),
            new Example("verydeep/Type.java", "Type", 25, "two();\n", "it takes hours"));
  }

  @Test
  void findsBlocksOfCodeInTheOverview() {
    assertThat(JavadocExamples.of("overview.html", "<body>\n<pre>{@code\none();\n}</pre>\n"))
        .containsExactly(new Example("overview.html", "overview", 3, "one();\n", ""));
  }
}
