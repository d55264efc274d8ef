package verydeep.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Letters that no font has are told of, once a script. */
class MissingGlyphsTest {

  /** Of a script that no font of a machine for builds has: Linear A. */
  private static final String UNKNOWN = new String(Character.toChars(0x10600));

  @Test
  void aScriptWithoutAFontIsToldOnce() {
    PrintStream before = System.err;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      MissingGlyphs.tell("plain", Style.TEXT);
      MissingGlyphs.tell("name " + UNKNOWN, Style.TEXT);
      MissingGlyphs.tell("other " + UNKNOWN, Style.TEXT);
    } finally {
      System.setErr(before);
    }
    assertThat(told.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("\"name " + UNKNOWN + "\" (linear_a)", "fonts-noto");
  }
}
