package verydeep.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ProgressLine line = new ProgressLine(new PrintStream(bytes, true, UTF_8), true);

  @Test
  void itSaysHowFarItIsHowFastAndHowLongItTakesYet() throws InterruptedException {
    line.begin(0);
    Thread.sleep(200);
    line.show("testing", 1, 3601);
    // 0.2 s a picture, more on a busy machine
    assertThat(bytes.toString(UTF_8))
        .matches("\rtesting: 1/3601, [1-9]\\.\\d pictures/s, (\\d+ min( \\d+ s)?) left");
  }

  @Test
  void whatAnEarlierCallDidDoesNotMakeTheRestQuicker() throws InterruptedException {
    line.begin(40_000);
    Thread.sleep(1100);
    line.show("testing", 40_001, 50_000);
    assertThat(bytes.toString(UTF_8))
        .matches("\rtesting: 40001/50000, [1-9]\\.\\d s a picture, \\d+ h \\d+ min left");
  }
}
