package verydeep.internal.passes;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import verydeep.internal.images.Levels;
import verydeep.network.Vgg;

/** A forward pass that knows for how long it has computed. */
public final class TimedPass implements ForwardPass {

  private final ForwardPass pass;
  private long nanos;

  /**
   * Times a pass from now on.
   *
   * @param pass closed with this one
   */
  public TimedPass(ForwardPass pass) {
    this.pass = pass;
  }

  /** {@return the seconds spent in {@code run} so far} */
  public double seconds() {
    return nanos / 1e9;
  }

  @Override
  public Vgg network() {
    return pass.network();
  }

  @Override
  public String arithmetic() {
    return pass.arithmetic();
  }

  @Override
  public long bytes() {
    return pass.bytes();
  }

  @Override
  public int pixelsTogether() {
    return pass.pixelsTogether();
  }

  @Override
  public Optional<Levels> levels(int images, int pixels) {
    return pass.levels(images, pixels);
  }

  @Override
  public List<Activations> run(Levels images, int height, int width, List<String> layers) {
    return timed(() -> pass.run(images, height, width, layers));
  }

  @Override
  public List<Activations> run(
      FloatBuffer pixels, int images, int height, int width, List<String> layers) {
    return timed(() -> pass.run(pixels, images, height, width, layers));
  }

  private List<Activations> timed(Supplier<List<Activations>> run) {
    long began = System.nanoTime();
    try {
      return run.get();
    } finally {
      nanos += System.nanoTime() - began;
    }
  }

  @Override
  public void close() {
    pass.close();
  }
}
