package verydeep.benchmarks;

import java.nio.file.Path;
import java.util.List;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Preprocessing;
import verydeep.data.TestViews;
import verydeep.data.View;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.ActivationReader;
import verydeep.internal.passes.ForwardPass;
import verydeep.network.Configuration;
import verydeep.network.Initialization;
import verydeep.network.Parameters;
import verydeep.network.Vgg;

/** A test of one photo by D with random weights: reading, resizing, the network, the scores. */
final class PhotoTest implements Contestant {

  private final ForwardPass pass;
  private final Images images;
  private final View view;
  private final List<Integer> scales;

  PhotoTest(Arithmetic arithmetic, Path photo, View view, List<Integer> scales) {
    Vgg d = Vgg.of(Configuration.D).initialization(Initialization.he()).build();
    this.pass = Arithmetics.load(arithmetic, Parameters.initial(d, 1));
    this.images = Images.folder(photo.getParent().getParent()).subset(0);
    this.view = view;
    this.scales = scales;
    test(scales.subList(0, 1));
  }

  @Override
  public void step() {
    test(scales);
  }

  private void test(List<Integer> scales) {
    TestViews views = new TestViews(view, scales, true);
    new ActivationReader(pass, Preprocessing.caffe(), views, List.of("fc8"))
        .read(
            images,
            (index, activations) -> {
              if (activations.size() != views.count()) {
                throw new IllegalStateException(activations.size() + " views");
              }
            });
  }

  @Override
  public String versions() {
    return pass.arithmetic() + ", Java " + Runtime.version().feature();
  }

  @Override
  public void close() {
    pass.close();
  }
}
