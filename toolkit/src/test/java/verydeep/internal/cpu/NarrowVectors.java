package verydeep.internal.cpu;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The tests of the kernels in this JVM; {@link NarrowVectorsTest} starts it. */
final class NarrowVectors {

  private NarrowVectors() {}

  public static void main(String[] arguments) {
    Launcher launcher = LauncherFactory.create();
    var listener = new SummaryGeneratingListener();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectClass(ConvolutionTest.class),
                selectClass("verydeep.cpu.CpuNetworksTest"),
                selectClass(LayerGradientsTest.class),
                selectClass(TrainingPassTest.class))
            .build(),
        listener);
    listener
        .getSummary()
        .printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    System.out.printf(
        "vectors of %d bits, %d failures, more than 100 tests: %b%n",
        32 * GemmKernel.LANES,
        listener.getSummary().getTotalFailureCount(),
        listener.getSummary().getTestsSucceededCount() > 100);
    System.out.println(TrainingBits.checksum());
    System.exit(0);
  }
}
