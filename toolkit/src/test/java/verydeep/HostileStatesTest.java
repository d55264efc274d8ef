package verydeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import verydeep.data.Images;
import verydeep.data.TrainingScale;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.training.Recipe;
import verydeep.training.Training;
import verydeep.training.TrainingBuilder;

/**
 * Folders of trainings whose saved states somebody has changed: the run goes on, or says why not.
 */
@Timeout(60)
class HostileStatesTest {

  private static final Path OLDER = Path.of("src/test/resources/verydeep/older");
  private static final String FIRST = "state-00000000-00.safetensors";
  private static final String SECOND = "state-00000003-01.safetensors";

  @TempDir Path root;

  @BeforeEach
  void copy() throws IOException {
    for (String folder : List.of("training", "images")) {
      try (Stream<Path> files = Files.walk(OLDER.resolve(folder))) {
        for (Path file : files.toList()) {
          Path to = root.resolve(OLDER.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(to);
          } else {
            Files.copy(file, to);
          }
        }
      }
    }
  }

  private TrainingBuilder training() {
    Vgg net = Vgg.of(Configuration.A).classes(2).width(1.0 / 64).units(8).input(32).build();
    return Training.of(
            net,
            Images.folder(root.resolve("images/train")),
            Images.folder(root.resolve("images/test")))
        .recipe(Recipe.paper().batch(3).rate(0.001).epochs(2))
        .scale(TrainingScale.jittered(32, 40))
        .folder(root.resolve("training"))
        .seed(3)
        .quiet();
  }

  private void change(String state, String name, String text) throws IOException {
    Path file = root.resolve("training").resolve(state);
    byte[] all = Files.readAllBytes(file);
    int length = Math.toIntExact(ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong());
    JsonObject header =
        JsonParser.parseString(new String(all, 8, length, StandardCharsets.UTF_8))
            .getAsJsonObject();
    header.getAsJsonObject("__metadata__").addProperty(name, text);
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    byte[] data = Arrays.copyOfRange(all, 8 + length, all.length);
    Files.write(
        file,
        ByteBuffer.allocate(8 + json.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .put(data)
            .array());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "position|2 0",
        "position|-1 0 0",
        "position|2 2000000000 2000000000",
        "position|2 715827883 9223372036854775807",
        "position|2147483647 0 3",
        "sums|0 -5 7 2147483647 0 0",
        "sums|NaN 0 0 0 NaN NaN",
        "sums|0 2147483647 2147483647 2147483647 0 0",
        "plateau|-1 -1 -1 true",
        "plateau|5 0 2147483647 false",
        "plateau|5 2147483647 0 false",
        "loss scale|0 0",
        "loss scale|NaN 2147483647",
        "loss scale|-1e30 -5",
        "epochs|epoch",
        "best epoch|2",
        "best epoch|-1",
        "seconds|-1e308",
        "arithmetic|QUANTUM"
      })
  void theRunGoesOnFromTheStateBeforeOrSaysWhyItCannot(String name, String text)
      throws IOException {
    change(SECOND, name, text);
    try {
      Training run = training().run();
      assertThat(run.epochs()).hasSizeLessThanOrEqualTo(2);
      assertThat(run.toString()).isNotEmpty();
      assertThat(run.best()).isNotNull();
    } catch (VerydeepException e) {
      assertThat(e.getMessage()).endsWith(".").doesNotContain("Exception:");
    } catch (RuntimeException | Error e) {
      fail(name + " is " + text + ": " + e, e);
    }
  }

  @Test
  void aDamagedStateIsNamedAndTheOneBeforeIsUsed() throws IOException {
    change(SECOND, "best epoch", "x");

    assertThat(training().run().epochs()).hasSize(2);
  }

  @Test
  void ifAllStatesAreDamagedTheMessageHasEachAndWhatToDo() throws IOException {
    change(FIRST, "seconds", "x");
    change(SECOND, "position", "1 2");

    assertThatThrownBy(() -> training().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageStartingWith("No saved state of the training can be read: ")
        .hasMessageContaining(SECOND + ": It is damaged. Its position must be 3 numbers.")
        .hasMessageContaining(FIRST + ": It is damaged. A value in it cannot be used: ")
        .hasMessageEndingWith(". Use another folder to start from scratch.");
  }

  @Test
  void aStateOfOtherSettingsIsNotTakenForADamagedOne() throws IOException {
    change(SECOND, "batch", "4");

    assertThatThrownBy(() -> training().run())
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("other settings", "batch", "4", "3");
  }
}
