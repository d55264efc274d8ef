package verydeep.gpu;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** PyTorch in a Python on the same GPU; each line of its output is a speed. */
record PyTorch(String python, Path script) {

  private static final String SPEED = "speed;";

  /** Returns the measured speeds; if it failed, one NaN speed with the reason. */
  List<GpuReport.Speed> speeds() {
    List<GpuReport.Speed> speeds = new ArrayList<>();
    String last = "";
    try {
      ProcessBuilder builder =
          new ProcessBuilder(python, script.toString(), "speeds").redirectErrorStream(true);
      // our own settings: how DJL finds libtorch, and how memory is allocated
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("PYTORCH_") || name.startsWith("MALLOC_"));
      builder.environment().keySet().removeAll(List.of("THP_MEM_ALLOC_ENABLE", "GOMP_SPINCOUNT"));
      Process process = builder.start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith(SPEED)) {
            String[] parts = line.split(";", -1);
            speeds.add(
                new GpuReport.Speed(parts[1], parts[2], Double.parseDouble(parts[3]), Double.NaN));
          } else {
            last = line;
          }
        }
      }
      if (process.waitFor() != 0) {
        speeds.add(failed(last));
      }
    } catch (IOException e) {
      speeds.add(failed(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return speeds;
  }

  private static GpuReport.Speed failed(String reason) {
    String first = reason.replaceFirst("\\. .*", "");
    return new GpuReport.Speed("PyTorch beside us", first, Double.NaN, Double.NaN);
  }
}
