package verydeep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import verydeep.Repository;

class PeerEnvironmentTest {

  private static final Map<String, String> LAUNCHED =
      Map.of(
          "GOMP_SPINCOUNT", "1000",
          "THP_MEM_ALLOC_ENABLE", "1",
          "MALLOC_ARENA_MAX", "1",
          "OPT_OUT_TRACKING", "true",
          "OMP_NUM_THREADS", "2",
          "PATH", "/usr/bin");

  @Test
  void aPeerAsItComesHasNoVariableOfOurs() {
    assertThat(of("PyTorch, compiled"))
        .containsOnlyKeys("OMP_NUM_THREADS", "PATH", "PYTHONDONTWRITEBYTECODE");
  }

  @Test
  void aPeerWithOurMallocHasThatAndNoOtherVariableOfOurs() {
    assertThat(of("PyTorch, our malloc"))
        .containsEntry("MALLOC_ARENA_MAX", "1")
        .containsEntry("THP_MEM_ALLOC_ENABLE", "1")
        .containsEntry("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1")
        .doesNotContainKeys("GOMP_SPINCOUNT", "OPT_OUT_TRACKING");
  }

  @Test
  void whatTheLaunchersExportIsKnown() throws IOException {
    String prepare = Files.readString(Repository.root().resolve("jshell-scripts/prepare.sh"));
    Set<String> exported =
        Pattern.compile("^ *export (.*?) *(#.*)?$|; \\*\\) export (\\S+)", Pattern.MULTILINE)
            .matcher(prepare)
            .results()
            .filter(line -> line.group(1) != null)
            .flatMap(line -> Pattern.compile("([A-Z_]+)=").matcher(line.group(1)).results())
            .map(name -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = new TreeSet<>(PeerEnvironment.MEMORY);
    known.addAll(PeerEnvironment.OTHERS);
    assertThat(exported).isEqualTo(known);
  }

  @Test
  void aScriptIsToldTheNameWithoutOurMalloc() {
    assertThat(PeerEnvironment.plain("ONNX Runtime, our malloc")).isEqualTo("ONNX Runtime");
    assertThat(PeerEnvironment.plain("OpenVINO, float32")).isEqualTo("OpenVINO, float32");
  }

  private static Map<String, String> of(String contestant) {
    Map<String, String> environment = new HashMap<>(LAUNCHED);
    PeerEnvironment.set(environment, contestant);
    return environment;
  }
}
