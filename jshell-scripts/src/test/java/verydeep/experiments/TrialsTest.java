package verydeep.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import verydeep.VerydeepException;
import verydeep.data.Images;
import verydeep.data.TrainingScale;
import verydeep.evaluation.ErrorRate;
import verydeep.evaluation.ErrorRates;
import verydeep.evaluation.Evaluation;
import verydeep.network.Configuration;
import verydeep.network.Vgg;
import verydeep.report.Tables;
import verydeep.training.Recipe;
import verydeep.training.Training;

class TrialsTest {

  private static final TrainingScale FIRST = TrainingScale.fixed(73);

  @TempDir private Path folder;

  private static ErrorRates errors(int wrong) {
    return ErrorRates.of(new ErrorRate(wrong, 200), new ErrorRate(wrong / 4, 200));
  }

  /** A trial with so many of 200 images wrong, and two more by a center crop. */
  private static Trial trial(
      Configuration network, String start, TrainingScale scale, long seed, int wrong) {
    return new Trial(
        network,
        0.125,
        64,
        start,
        seed,
        scale,
        24,
        20,
        errors(50),
        new Trial.Test(73, errors(wrong + 2)),
        new Trial.Test(73, errors(wrong)),
        61.5,
        "jshell-scripts/run depth seeds=3",
        "a processor, \"2\" cores",
        "DJL 0.38.0, PyTorch 2.7.1",
        Instant.parse("2026-11-25T03:00:00Z"));
  }

  private static List<Trial> trials(
      Configuration network, String start, TrainingScale scale, int... wrong) {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < wrong.length; i++) {
      trials.add(trial(network, start, scale, i + 1, wrong[i]));
    }
    return trials;
  }

  private static List<Trial> all(List<List<Trial>> groups) {
    return groups.stream().flatMap(List::stream).toList();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void comeBackFromTheirFile() {
    List<Trial> trials =
        all(
            List.of(
                trials(Configuration.A_LRN, "random", FIRST, 80, 82),
                trials(Configuration.B_5X5, "random, rate 0.003", FIRST, 90),
                trials(Configuration.D, "D, S=110", TrainingScale.jittered(73, 146), 70)));

    Trials.write(trials, file("new/trials.csv"));

    assertThat(Trials.read(file("new/trials.csv"))).containsExactlyElementsOf(trials);
    assertThat(Trials.read(Trials.write(List.of(), file("none.csv")).toString())).isEmpty();
  }

  @Test
  void aFileThatIsNoneIsNamedWithTheLine() throws IOException {
    Trials.write(trials(Configuration.A, "random", FIRST, 80, 81), file("good.csv"));
    String good = Files.readString(Path.of(file("good.csv")));
    Files.writeString(Path.of(file("bad.csv")), good.replace(",81,", ",many,"));
    Files.writeString(Path.of(file("other.csv")), "network,seed\nA,1\n");

    assertThatThrownBy(() -> Trials.read(file("bad.csv")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("bad.csv, line 3")
        .hasMessageContaining("many");
    assertThatThrownBy(() -> Trials.read(file("other.csv")))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("other.csv, line 2: ")
        .hasMessageContaining("width");
    assertThatThrownBy(() -> Trials.read(file("missing.csv")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing.csv");
  }

  @Test
  void theStoredTrialsAreRead() {
    List<Trial> trials = Trials.read("docs/depth.csv");

    assertThat(trials).hasSize(27);
    assertThat(Trials.overSeeds(trials).rowCount()).isEqualTo(9);
    assertThat(Trials.findings(trials).stringColumn("here").asList()).contains("undecided");
  }

  /** Values from the t distribution's usual tables: 4.303 for two degrees of freedom. */
  @Test
  void overSeedsHasStudentsInterval() {
    OverSeeds three = new OverSeeds(List.of(30.0, 33.0, 36.0));

    assertThat(three.mean()).isEqualTo(33);
    assertThat(three.deviation()).isEqualTo(3);
    assertThat(three.high() - 33).isCloseTo(4.303 * 3 / Math.sqrt(3), within(0.002));
    assertThat(33 - three.low()).isCloseTo(three.high() - 33, within(1e-9));
    assertThat(new OverSeeds(List.of(30.0)).low()).isNaN();
  }

  @Test
  void aRowANetworkStandsBesideTable3() {
    Table table =
        Trials.overSeeds(
            all(
                List.of(
                    trials(Configuration.A, "random", FIRST, 60, 66, 72),
                    trials(Configuration.A, "A", FIRST, 60),
                    trials(Configuration.D, "D", TrainingScale.fixed(110), 60),
                    trials(Configuration.D, "D", TrainingScale.jittered(73, 146), 60),
                    trials(Configuration.D, "A", TrainingScale.fixed(64), 60),
                    trials(Configuration.B_5X5, "random", FIRST, 60))));

    assertThat(table.stringColumn("each seed").get(0)).isEqualTo("30.0 33.0 36.0");
    assertThat(table.column("mean").getString(0)).isEqualTo("33.0");
    assertThat(table.column("center crop").getString(0)).isEqualTo("34.0");
    assertThat(table.column("deviation").getString(1)).isEmpty();
    assertThat(List.of(0, 1, 2, 3, 4, 5))
        .extracting(row -> table.column("paper").getString(row))
        .containsExactly("29.6", "29.6", "26.8", "25.6", "", "");
  }

  @Test
  void claimsAreJudgedSeedBySeed() {
    Table table =
        Trials.findings(
            all(
                List.of(
                    trials(Configuration.A, "random", FIRST, 80, 90, 100),
                    trials(Configuration.A_LRN, "random", FIRST, 80, 92, 98),
                    trials(Configuration.A, "A", FIRST, 70, 80, 90),
                    trials(Configuration.B, "A", FIRST, 60, 72, 80),
                    trials(Configuration.B, "random", FIRST, 80, 80, 80),
                    trials(Configuration.B_5X5, "random", FIRST, 60, 62))));

    assertThat(table.stringColumn("compared").asList())
        .containsExactly(
            "A-LRN from random, S=73, less A from random, S=73",
            "A from random, S=73, less B from A, S=73",
            "A from A, S=73, less B from A, S=73",
            "A from random, S=73, less B from random, S=73",
            "B-5x5 from random, S=73, less B from random, S=73");
    assertThat(table.stringColumn("each seed").asList())
        .containsExactly(
            "0.0 1.0 -1.0", "10.0 9.0 10.0", "5.0 4.0 5.0", "0.0 5.0 10.0", "-10.0 -9.0");
    assertThat(table.stringColumn("here").asList())
        .containsExactly("undecided", "A is worse", "A is worse", "undecided", "B-5x5 is better");
    assertThat(table.column("paper").getString(4)).isEqualTo("7.0");
  }

  @Test
  void seedsThatAgreeByChanceDecideNothing() {
    Table table =
        Trials.findings(
            all(
                List.of(
                    trials(Configuration.C, "A", FIRST, 60, 62, 64),
                    trials(Configuration.D, "A", FIRST, 62, 64, 66))));

    assertThat(table.stringColumn("each seed").asList()).containsExactly("-1.0 -1.0 -1.0");
    assertThat(table.stringColumn("here").asList()).containsExactly("undecided");
  }

  @Test
  void jitterIsComparedWithEachFixedScale() {
    Table table =
        Trials.findings(
            all(
                List.of(
                    trials(Configuration.D, "A", FIRST, 60, 62),
                    trials(Configuration.D, "S=73", TrainingScale.fixed(110), 58, 60),
                    trials(Configuration.D, "S=110", TrainingScale.jittered(73, 146), 50, 51))));

    assertThat(table.stringColumn("claim").asList())
        .containsExactly("jitter helps", "jitter helps");
    assertThat(table.column("paper").getString(0)).isEqualTo("1.4");
    assertThat(table.column("paper").getString(1)).isEqualTo("1.2");
  }

  @Test
  void aTrainingAndItsTestsAreATrial() {
    Images photos = Clothes.take(60);
    Vgg network = Vgg.of(Configuration.A).width(1 / 32.0).input(32).classes(10).build();
    Training training =
        Training.of(network, photos.split(0.7, 1))
            .recipe(Recipe.paper().batch(4).epochs(2))
            .scale(TrainingScale.fixed(36))
            .seed(5)
            .quiet()
            .run();
    Evaluation crop = Evaluation.of(training.best(), photos).centerCrop().run();
    Evaluation dense = Evaluation.of(training.best(), photos).dense().scales(40).run();

    Trial trial = Trial.of(training, "random", "a test", crop, dense);

    assertThat(trial.seed()).isEqualTo(5);
    assertThat(trial.epochs()).isEqualTo(2);
    assertThat(trial.crop().scale()).isEqualTo(36);
    assertThat(trial.dense().scale()).isEqualTo(40);
    assertThat(trial.validation())
        .isEqualTo(training.epochs().get(training.bestEpoch() - 1).validation());
    assertThat(trial.versions()).contains("DJL", "PyTorch", "Java");
    assertThat(trial.machine()).contains("cores");
    assertThat(trial.paperScale()).contains(TrainingScale.fixed(256));
    assertThat(Trials.read(Trials.write(List.of(trial), file("one.csv")).toString()))
        .extracting(Trial::toString)
        .containsExactly(trial.toString());
    Evaluation twoScales = Evaluation.of(training.best(), photos).dense().scales(36, 40).run();
    assertThatThrownBy(() -> Trial.of(training, "random", "a test", crop, twoScales))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at one scale");
  }

  @Test
  void theFigureIsDrawnForOneSeedAndForMany() {
    List<Trial> one = trials(Configuration.B_5X5, "random", FIRST, 190);
    List<Trial> many = all(List.of(one, trials(Configuration.D, "A", FIRST, 60, 80, 180)));

    assertThat(Trials.chart(many).height()).isGreaterThan(Trials.chart(one).height());
    assertThatThrownBy(() -> Trials.chart(List.of()))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("at least one trial");
    assertThat(Trials.table(many).rowCount()).isEqualTo(4);
    assertThat(Tables.text(Trials.table(many))).contains("B-5x5");
  }
}
