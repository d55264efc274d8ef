package verydeep.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.data.Images;

/** The least that a network must beat. */
class MajorityClassTest {

  @TempDir Path folder;

  /** Images of which a majority needs the number only: each file is the beginning of a PNG. */
  private Images images(String name, int... counts) throws IOException {
    Path root = folder.resolve(name);
    for (int label = 0; label < counts.length; label++) {
      Path own = Files.createDirectories(root.resolve("class" + label));
      for (int i = 0; i < counts[label]; i++) {
        Files.write(
            own.resolve(i + ".png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
      }
    }
    return Images.folder(root);
  }

  @Test
  void itAlwaysSaysTheClassOfMostTrainingImages() throws IOException {
    Evaluation test = Evaluation.majorityClass(images("train", 2, 5, 3), images("test", 4, 1, 2));

    assertThat(test.errors().top1().wrong()).isEqualTo(6);
    assertThat(test.errors().top1().images()).isEqualTo(7);
    assertThat(test.predictions()).allMatch(prediction -> prediction.predicted() == 1);
    assertThat(test.name()).isEqualTo("majority class");
    assertThat(test.protocol()).isEqualTo("no view");
  }

  @Test
  void itsScoresAreTheSharesOfTheTrainingImages() throws IOException {
    Prediction first =
        Evaluation.majorityClass(images("train", 2, 5, 3), images("test", 4, 1, 2))
            .predictions()
            .get(0);

    assertThat(first.score(0)).isEqualTo(0.2f, within(1e-6f));
    assertThat(first.score(1)).isEqualTo(0.5f, within(1e-6f));
    assertThat(first.score(2)).isEqualTo(0.3f, within(1e-6f));
  }

  @Test
  void ofSixClassesThoseAfterTheFiveMostFrequentAreWrongOfFive() throws IOException {
    Evaluation test =
        Evaluation.majorityClass(
            images("train", 1, 2, 3, 4, 5, 6), images("test", 3, 1, 1, 1, 1, 1));

    assertThat(test.errors().top5().orElseThrow().wrong()).isEqualTo(3);
    assertThat(test.errors().top1().wrong()).isEqualTo(7);
  }

  @Test
  void itIsComparedLikeAnyOtherTest() throws IOException {
    Images test = images("test", 4, 1, 2);
    Evaluation one = Evaluation.majorityClass(images("train", 2, 5, 3), test);
    Evaluation other = Evaluation.majorityClass(images("others", 5, 2, 3), test);

    // four images are right in one test alone, one in the other: (1 + 5) of 32 cases, on each side
    assertThat(other.compareWith(one).pValue()).isEqualTo(0.375, within(1e-9));
    assertThat(one.compareWith(one).pValue()).isEqualTo(1);
  }

  @Test
  void otherClassesAreRefusedWithBothLists() throws IOException {
    Images two = images("two", 1, 1);
    Images three = images("three", 1, 1, 1);

    assertThatThrownBy(() -> Evaluation.majorityClass(two, three))
        .isInstanceOf(VerydeepException.class)
        .hasMessage(
            "The training images have the classes [class0, class1], those to be tested [class0,"
                + " class1, class2]; they must be the same.");
  }

  @Test
  void itIsWrittenAndReadBack() throws IOException {
    Evaluation test = Evaluation.majorityClass(images("train", 2, 5, 3), images("test", 4, 1, 2));

    Evaluation read = Evaluation.read(test.write(folder.resolve("majority.safetensors")));
    assertThat(read.errors()).isEqualTo(test.errors());
    assertThat(read.views()).isEmpty();
    assertThat(read.classes()).isEqualTo(List.of("class0", "class1", "class2"));
  }
}
