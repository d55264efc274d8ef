package verydeep.internal.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private final ProgressLine line = new ProgressLine(out, ProgressLine.Place.TERMINAL);

  @Test
  void itSaysHowFarItIsHowFastAndHowLongItTakesYet() throws InterruptedException {
    line.begin(0);
    Thread.sleep(200);
    line.show("testing", 1, 3601);
    // 0.2 s an image, more on a busy machine
    assertThat(bytes.toString(UTF_8))
        .matches("\rtesting: 1/3601, [1-9]\\.\\d images/s, (\\d+ min( \\d+ s)?) left");
  }

  @Test
  void whatAnEarlierCallDidDoesNotMakeTheRestQuicker() throws InterruptedException {
    line.begin(40_000);
    Thread.sleep(1100);
    line.show("testing", 40_001, 50_000);
    assertThat(bytes.toString(UTF_8))
        .matches("\rtesting: 40001/50000, [1-9]\\.\\d s an image, \\d+ h \\d+ min left");
  }

  @Test
  void aLogHasALineEveryFiveMinutes() {
    long sixMinutesAgo = System.nanoTime() - 360_000_000_000L;
    ProgressLine log = new ProgressLine(out, ProgressLine.Place.LOG, sixMinutesAgo);
    log.show("testing", 1, 2);
    log.show("testing", 2, 2);
    log.clear();
    assertThat(bytes.toString(UTF_8)).matches("testing: 1/2, .* left\\R");
  }

  @Test
  void aShortTestLeavesNoLineInALog() {
    ProgressLine log = new ProgressLine(out, ProgressLine.Place.LOG);
    log.show("testing", 1, 2);
    log.clear();
    assertThat(bytes.toString(UTF_8)).isEmpty();
  }

  @Test
  void aTerminalsLineIsNotBrokenInTwo() {
    String what = "testing, multi-crop 5x5, Q=256,384,512, flipped";
    line.begin(0);
    line.show(what, 12_345, 50_000);
    String shown = bytes.toString(UTF_8).substring(1);
    assertThat(shown)
        .startsWith("testing, multi-crop")
        .endsWith(" left")
        .contains("…: 12345/50000");
    assertThat(shown.length()).isLessThanOrEqualTo(79);
  }

  @Test
  void aNotebookHasALineInPlaceThatGoesInTheEnd() throws InterruptedException {
    List<String> shown = new ArrayList<>();
    ProgressLine.showIn(() -> recording(shown));
    try {
      ProgressLine page = ProgressLine.printing();
      page.show("testing", 1, 100); // too soon
      assertThat(shown).isEmpty();
      page.clear();
      assertThat(shown).as("nothing was shown, so nothing is taken away").isEmpty();
      Thread.sleep(600);
      page.show("testing", 2, 100);
      page.show("testing", 3, 100); // too soon after the last
      page.clear();
      page.clear();
      assertThat(shown).hasSize(2);
      assertThat(shown.get(0)).matches("testing: 2/100, .* left");
      assertThat(shown.get(1)).isEqualTo("cleared");
    } finally {
      ProgressLine.showIn(null);
    }
  }

  @Test
  void aSilentLineIsSilentInANotebookToo() {
    List<String> shown = new ArrayList<>();
    ProgressLine.showIn(() -> recording(shown));
    try {
      ProgressLine.silent().show("testing", 1, 2);
      assertThat(shown).isEmpty();
    } finally {
      ProgressLine.showIn(null);
    }
  }

  private static InPlace recording(List<String> shown) {
    return new InPlace() {
      @Override
      public void show(String line) {
        shown.add(line);
      }

      @Override
      public void clear() {
        shown.add("cleared");
      }
    };
  }
}
