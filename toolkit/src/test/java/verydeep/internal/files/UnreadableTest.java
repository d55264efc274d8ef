package verydeep.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** The reasons given for files that cannot be read. */
class UnreadableTest {

  private static final Path FILE = Path.of("pom.xml");

  @Test
  void aCauseWithoutAMessageIsNamedByItsClass() {
    assertThat(Unreadable.because(FILE, new IOException("Disk is on fire")))
        .hasMessageEndingWith("It cannot be read: Disk is on fire.");
    assertThat(Unreadable.because(FILE, new IOException()))
        .hasMessageEndingWith("It cannot be read: IOException.");
  }

  @Test
  void anInterruptIsNoFaultOfTheFile() {
    assertThatThrownBy(() -> Unreadable.because(FILE, new ClosedByInterruptException()))
        .isInstanceOf(CancellationException.class)
        .hasMessage("The thread was interrupted.")
        .hasCauseInstanceOf(ClosedByInterruptException.class);
  }
}
