package verydeep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessorTest {

  @Test
  void familyModelAndVectorsTellProcessorsOfTheSameNameApart() {
    List<String> cpuinfo =
        List.of(
            "processor\t: 0",
            "cpu family\t: 6",
            "model\t\t: 207",
            "flags\t\t: fpu avx avx2 avx512f avx512_bf16 amx_bf16",
            "",
            "processor\t: 1",
            "cpu family\t: 7");
    assertThat(Processor.name("Intel(R) Xeon(R) Processor", cpuinfo))
        .isEqualTo(
            "Intel(R) Xeon(R) Processor, family 6 model 207, avx2, avx512f, avx512_bf16, amx_bf16");
  }

  @Test
  void withoutThemTheNameStaysAlone() {
    assertThat(Processor.name("Apple M3", List.of())).isEqualTo("Apple M3");
  }
}
