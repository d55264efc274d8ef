package verydeep.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.Skipped;
import verydeep.data.TestViews;
import verydeep.data.UnreadableImageException;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.internal.inference.ActivationReader;
import verydeep.internal.inference.MeanActivations;
import verydeep.internal.inference.Posteriors;
import verydeep.internal.jobs.JobWorker;
import verydeep.internal.passes.TimedPass;

/** A network that is tested, with its weights loaded. */
final class NetworkWorker implements JobWorker<EvaluationFile.Content> {

  private final EvaluationSettings given;
  private final int[] labels;
  private final TimedPass pass;
  private final ActivationReader reader;

  NetworkWorker(EvaluationSettings given, TestViews views, int[] labels, Arithmetic arithmetic) {
    this.given = given;
    this.labels = labels;
    this.pass = new TimedPass(Arithmetics.load(arithmetic, given.checkpoint().parameters()));
    this.reader =
        new ActivationReader(pass, given.checkpoint().preprocessing(), views, List.of("fc8"));
  }

  @Override
  public String arithmetic() {
    return pass.arithmetic();
  }

  @Override
  public int chunk() {
    return reader.chunk();
  }

  @Override
  public void compute(int from, int to, Consumer<EvaluationFile.Content> results) {
    reader.read(given.images(), from, to, new Chunks(to, results));
  }

  @Override
  public double waited() {
    return reader.secondsWaited();
  }

  /** Hands the images of a chunk over at once, as they come. */
  private final class Chunks implements ActivationReader.Sink {

    private final Images images = given.images();
    private final int to;
    private final Consumer<EvaluationFile.Content> results;
    private List<Prediction> predictions = new ArrayList<>();
    private List<Skipped> skipped = new ArrayList<>();

    Chunks(int to, Consumer<EvaluationFile.Content> results) {
      this.to = to;
      this.results = results;
    }

    @Override
    public void accept(int index, List<MeanActivations> activations) {
      float[] posterior = Posteriors.mean(activations);
      predictions.add(new Prediction(images.file(index), labels[images.label(index)], posterior));
      done(index + 1);
    }

    @Override
    public void unreadable(int index, UnreadableImageException reason) {
      if (!given.skipping()) {
        throw reason;
      }
      skipped.add(new Skipped(images.file(index), reason.reason()));
      done(index + 1);
    }

    private void done(int count) {
      if (count % chunk() == 0 || count == to) {
        List<String> classes = given.checkpoint().classNames();
        results.accept(new EvaluationFile.Content(classes, predictions, skipped));
        predictions = new ArrayList<>();
        skipped = new ArrayList<>();
      }
    }
  }

  @Override
  public double computing() {
    return pass.seconds();
  }

  @Override
  public void close() {
    pass.close();
  }
}
