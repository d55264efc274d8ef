package verydeep.training;

import java.util.List;
import java.util.stream.IntStream;
import verydeep.data.Preprocessing;
import verydeep.data.Rgb;
import verydeep.network.Parameters;
import verydeep.network.Vgg;
import verydeep.weights.Checkpoint;
import verydeep.weights.Provenance;

/** Checkpoints of networks that were never trained. */
final class Starts {

  private Starts() {}

  static Checkpoint checkpoint(Vgg network, long seed) {
    List<String> classes =
        IntStream.range(0, network.classes()).mapToObj(i -> "class " + i).toList();
    return Checkpoint.of(
        Parameters.initial(network, seed),
        classes,
        Preprocessing.paper(new Rgb(100, 110, 120)),
        Provenance.unknown().with("trained on", "nothing").with("seed", seed));
  }
}
