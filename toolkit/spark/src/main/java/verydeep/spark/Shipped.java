package verydeep.spark;

import java.io.Serializable;
import java.nio.file.Path;
import verydeep.classification.ClassifiedImages;
import verydeep.classification.ClassifiedImagesBuilder;
import verydeep.classification.Classifier;
import verydeep.cpu.Arithmetic;
import verydeep.data.ImageFiles;
import verydeep.data.TestViews;
import verydeep.evaluation.EvaluationBuilder;
import verydeep.jobs.Job;
import verydeep.localization.DenseLocalizer;
import verydeep.training.TrainingColors;
import verydeep.transfer.FeatureExtractor;
import verydeep.weights.Checkpoint;

/** What is done with the images of an order, and how an executor opens it. */
sealed interface Shipped extends Serializable {

  /**
   * Opens the job.
   *
   * @param model the file with the network and the settings
   * @param order the rest
   */
  Opened open(Path model, Order order);

  /**
   * A job, and what is closed after it.
   *
   * @param job the job
   * @param after what it does not close itself
   */
  record Opened(Job<?> job, Runnable after) {

    Opened(Job<?> job) {
      this(job, () -> {});
    }
  }

  /** The test of a network. */
  record Test() implements Shipped {
    @Override
    public Opened open(Path model, Order order) {
      var images = order.images().images(order.source());
      return new Opened(EvaluationBuilder.read(model, images).quiet().job());
    }
  }

  /** Dense localization. */
  record Localization() implements Shipped {
    @Override
    public Opened open(Path model, Order order) {
      var images = order.images().boxedImages(order.source());
      return new Opened(DenseLocalizer.read(model).quiet().job(images));
    }
  }

  /**
   * Features of a layer.
   *
   * @param out the folder into which executors write them as rows; empty if the driver joins them
   */
  record Features(String out) implements Shipped {
    @Override
    public Opened open(Path model, Order order) {
      var images = order.images().images(order.source());
      return new Opened(FeatureExtractor.read(model).quiet().job(images));
    }
  }

  /** The colors of images, without those that cannot be read. */
  record Colors() implements Shipped {
    @Override
    public Opened open(Path model, Order order) {
      var images = order.images().images(order.source());
      return new Opened(TrainingColors.of(images).skippingUnreadable().quiet().job());
    }
  }

  /**
   * A network's answers for files.
   *
   * @param views what the network is shown
   * @param arithmetic what computes
   * @param top the number of classes kept of each image; 0 for as many as is usual
   */
  record Answers(TestViews views, Arithmetic arithmetic, int top) implements Shipped {
    @Override
    public Opened open(Path model, Order order) {
      return answers(classifier(Checkpoint.read(model)), order, top);
    }

    /** Loads the network, as driver and executors do. */
    Classifier classifier(Checkpoint checkpoint) {
      return checkpoint
          .classifier()
          .view(views.view())
          .scales(views.scales().stream().mapToInt(Integer::intValue).toArray())
          .flipped(views.flipped())
          .arithmetic(arithmetic)
          .open();
    }
  }

  /**
   * The answers of a saved classifier for files.
   *
   * @param top as above
   */
  record SavedAnswers(int top) implements Shipped {
    @Override
    public Opened open(Path model, Order order) {
      return answers(Classifier.read(model), order, top);
    }
  }

  private static Opened answers(Classifier classifier, Order order, int top) {
    ImageFiles files = order.images().files(order.source());
    return new Opened(asked(classifier, files, top).job(), classifier::close);
  }

  /** What driver and executors ask. */
  static ClassifiedImagesBuilder asked(Classifier classifier, ImageFiles files, int top) {
    ClassifiedImagesBuilder asked = ClassifiedImages.of(classifier, files).quiet();
    return top > 0 ? asked.top(top) : asked;
  }
}
