package verydeep.internal.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import verydeep.VerydeepException;
import verydeep.data.Ilsvrc;

class ClassNamesTest {

  private static final List<String> ILSVRC = Ilsvrc.classes();

  @Test
  void aClassIsFoundByItsNameOrASynonymThatIsItsOwn() {
    assertThat(ClassNames.find(ILSVRC, "tench, Tinca tinca")).isZero();
    assertThat(ClassNames.find(ILSVRC, "tench")).isZero();
    assertThat(ILSVRC.get(ClassNames.find(ILSVRC, "red panda"))).startsWith("lesser panda");
    assertThat(ILSVRC.get(ClassNames.find(ILSVRC, "crane"))).isEqualTo("crane");
    assertThat(ClassNames.find(List.of("hat", "shoes"), "shoes")).isEqualTo(1);
  }

  @Test
  void aSynonymOfTwoClassesIsRefused() {
    assertThatThrownBy(() -> ClassNames.find(List.of("a, c", "b, c"), "c"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("more than one class \"c\"", "\"a, c\", \"b, c\"");
  }

  @Test
  void ofAThousandClassesThoseLikeItAreNamed() {
    assertThatThrownBy(() -> ClassNames.find(ILSVRC, "Shark"))
        .isInstanceOf(VerydeepException.class)
        .hasMessageContainingAll("no class \"Shark\"", "of 1000 like it are", "tiger shark")
        .message()
        .hasSizeLessThan(400);
    assertThatThrownBy(() -> ClassNames.find(ILSVRC, "xyz"))
        .hasMessageContainingAll("there are 1000, such as \"tench, Tinca tinca\"");
    assertThatThrownBy(() -> ClassNames.find(List.of("hat", "shoes"), "dress"))
        .hasMessage("There is no class \"dress\"; there are \"hat\", \"shoes\".");
  }

  @Test
  void aSynsetNamesTheReaderOfItsFolders() {
    assertThatThrownBy(() -> ClassNames.find(ILSVRC, "n01440764"))
        .hasMessageContaining("Ilsvrc.folders(...) reads folders named by synset");
  }
}
