package verydeep.inspection;

import java.util.List;
import verydeep.benchmarks.Contestant;
import verydeep.benchmarks.Versions;
import verydeep.cpu.Arithmetic;
import verydeep.data.Preprocessing;
import verydeep.data.RgbImage;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.passes.LayerGradients;
import verydeep.network.Configuration;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** Style transfer of one image, a step at a time. */
public final class TransferStep implements Contestant {

  private static final String[] STYLE = {"conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"};

  private final LayerGradients network;
  private final OptimizationRun run;
  private int steps;

  /** With D's convolutions and their first weights, by Adam. */
  public TransferStep(int side, Arithmetic arithmetic) {
    Vgg d = Vgg.of(Configuration.D).convolutionsOnly().build();
    network = Arithmetics.gradients(arithmetic, Parameters.initial(d, 1));
    RgbImage content = Texture.waves(side, 1);
    List<Objective> objectives =
        List.of(
            Objective.content(content, "conv4_2"),
            Objective.style(Texture.mosaic(side, 1), STYLE).times(1000));
    Pixels pixels = Pixels.of(content);
    Descent descent = new Adam(pixels.levels().length, 1);
    run = new OptimizationRun(network, Preprocessing.caffe(), objectives, pixels, descent, 0, 0);
  }

  @Override
  public void step() {
    steps++;
    run.run(steps, ImageProgress.silent());
  }

  @Override
  public String versions() {
    return Versions.djl() + ", " + network.arithmetic();
  }

  @Override
  public void close() {
    network.close();
  }
}
