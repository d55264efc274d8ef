package verydeep.spark;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import verydeep.VerydeepException;
import verydeep.classification.ClassifiedImages;
import verydeep.classification.Classifier;
import verydeep.cpu.Arithmetic;
import verydeep.data.BoxedImages;
import verydeep.data.ImageBytes;
import verydeep.data.ImageFiles;
import verydeep.data.Images;
import verydeep.data.TestViews;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.EvaluationBuilder;
import verydeep.internal.arithmetic.Arithmetics;
import verydeep.localization.DenseLocalizer;
import verydeep.localization.Localization;
import verydeep.training.TrainingColors;
import verydeep.transfer.FeatureExtractor;
import verydeep.weights.Checkpoint;

/**
 * A cluster of Apache Spark that does the toolkit's jobs in parts, with the bits that one machine
 * gives. Each executor loads the network once and does one part at a time on all of its cores.
 * Immutable.
 *
 * <pre>{@code
 * var spark = SparkSession.builder().master("local[2]").getOrCreate(); // spark-submit says which
 * var cluster = Cluster.of(spark).folder("runs/dense");
 * var test = cluster.run(Evaluation.of(checkpoint, images).dense().skippingUnreadable());
 * }</pre>
 */
public final class Cluster {

  private final SparkSession spark;
  private final ImageBytes source;
  private final Path folder;
  private final int imagesOfPart;
  private final int top;
  private final boolean quiet;

  private Cluster(
      SparkSession spark,
      ImageBytes source,
      Path folder,
      int imagesOfPart,
      int top,
      boolean quiet) {
    this.spark = spark;
    this.source = source;
    this.folder = folder;
    this.imagesOfPart = imagesOfPart;
    this.top = top;
    this.quiet = quiet;
  }

  /**
   * Takes the cluster of a session.
   *
   * @param spark a session; it is not closed here
   * @return its cluster
   * @throws VerydeepException if its executors have more cores than a task, so that several parts
   *     would wait for one network
   */
  public static Cluster of(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    if (!context.isLocal()) {
      checkCores(context.getConf());
    }
    return new Cluster(spark, SharedFiles.here(), null, 0, 0, false);
  }

  static void checkCores(SparkConf settings) {
    String cores = settings.get("spark.executor.cores", "all of a machine");
    String cpus = settings.get("spark.task.cpus", "1");
    boolean oneByDefault = !settings.get("spark.master").startsWith("spark:");
    if (!cores.equals(cpus)
        && !(oneByDefault && cpus.equals("1") && !settings.contains("spark.executor.cores"))) {
      throw new VerydeepException(
          ("The cores of an executor are %s and those of a task %s. Set spark.executor.cores and"
                  + " spark.task.cpus to the same number: an executor has one network, and does one"
                  + " part at a time with all of its cores.")
              .formatted(cores, cpus));
    }
  }

  /**
   * Sets where executors find the images.
   *
   * @param source gives the content of each image by its name, on any machine. By default {@link
   *     SharedFiles#here()}: paths that every machine sees, and URIs
   * @return a changed cluster
   */
  public Cluster reading(ImageBytes source) {
    return new Cluster(
        spark, Objects.requireNonNull(source, "source"), folder, imagesOfPart, top, quiet);
  }

  /**
   * Keeps parts as they come in a folder of the driver, so that a job that was stopped goes on
   * where it was when it is called again.
   *
   * @param folder made if it is not there; one job has it for itself. Without one nothing is kept
   * @return a changed cluster
   */
  public Cluster folder(Path folder) {
    return new Cluster(
        spark, source, Objects.requireNonNull(folder, "folder"), imagesOfPart, top, quiet);
  }

  /**
   * Keeps parts as they come in a folder of the driver.
   *
   * @param folder as {@link #folder(Path)}
   * @return a changed cluster
   */
  public Cluster folder(String folder) {
    return folder(Path.of(folder));
  }

  /**
   * Sets the size of parts. It changes no bit of a result.
   *
   * @param images how many images a part has, about; by default as many as give each executor eight
   *     parts, from 32 to 512. An executor that is killed loses one part at most
   * @return a changed cluster
   * @throws VerydeepException if it is below 1
   */
  public Cluster imagesOfPart(int images) {
    if (images < 1) {
      throw new VerydeepException(
          "A part cannot have %d images; 1 is the least.".formatted(images));
    }
    return new Cluster(spark, source, folder, images, top, quiet);
  }

  /**
   * Sets how many classes {@code classify} keeps of each image.
   *
   * @param classes from 1 to the number of classes; 5 by default, or all if there are fewer
   * @return a changed cluster
   * @throws VerydeepException if it is below 1
   */
  public Cluster top(int classes) {
    if (classes < 1) {
      throw new VerydeepException(
          "The number of classes to keep is %d; 1 is the least.".formatted(classes));
    }
    return new Cluster(spark, source, folder, imagesOfPart, classes, quiet);
  }

  /**
   * Shows no progress.
   *
   * @return a changed cluster
   */
  public Cluster quiet() {
    return new Cluster(spark, source, folder, imagesOfPart, top, true);
  }

  /**
   * Tests a network.
   *
   * @param test the test; its own folder does not count
   * @return the result, as {@code test.run()} gives it
   * @throws VerydeepException as {@code test.run()}; or if an executor cannot do a part, and the
   *     message says which, where and why
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Evaluation run(EvaluationBuilder test) {
    ImageList images = ImageList.of(test.images());
    try (var job = test.quiet().job()) {
      return done(new ClusterJob<>(job, images, new Shipped.Test(), test::write));
    }
  }

  /**
   * Localizes densely.
   *
   * @param test the classifier, the localizers and their settings; its own folder does not count
   * @param images images with objects of one class each
   * @return the result, as {@code test.test(images)} gives it
   * @throws VerydeepException as {@code test.test(images)}; or if an executor cannot do a part
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Localization test(DenseLocalizer test, BoxedImages images) {
    ImageList list = ImageList.of(images);
    try (var job = test.quiet().job(images)) {
      return done(new ClusterJob<>(job, list, new Shipped.Localization(), test::write));
    }
  }

  /**
   * Asks a network about files. The driver loads it too.
   *
   * @param checkpoint the network
   * @param views what it is shown of each image
   * @param files the files
   * @return the best classes of each, as many as {@link #top} says, and the files that cannot be
   *     read
   * @throws VerydeepException if there are fewer classes than are to be kept, or an executor cannot
   *     do a part
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public ClassifiedImages classify(Checkpoint checkpoint, TestViews views, ImageFiles files) {
    Arithmetic arithmetic = Arithmetics.forAnyWork(checkpoint.parameters());
    return classify(checkpoint, views, files, arithmetic);
  }

  /**
   * Asks a network about files by a given arithmetic.
   *
   * @param checkpoint the network
   * @param views what it is shown of each image
   * @param files the files
   * @param arithmetic what computes, everywhere
   * @return the answers
   * @throws VerydeepException if an executor cannot do a part
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public ClassifiedImages classify(
      Checkpoint checkpoint, TestViews views, ImageFiles files, Arithmetic arithmetic) {
    var work = new Shipped.Answers(views, arithmetic, top);
    return classify(work, () -> work.classifier(checkpoint), checkpoint::write, files);
  }

  /**
   * Asks a saved classifier about files: a checkpoint, by its default views, or an SVM with its
   * network. The driver loads it too. Each machine computes by its fastest arithmetic, which must
   * be the driver's.
   *
   * @param classifier a file of any kind that {@link Classifier#read(Path)} reads; only the driver
   *     needs it
   * @param files the files
   * @return the best classes of each, as many as {@link #top} says, and the files that cannot be
   *     read
   * @throws verydeep.FileException if the file cannot be read, is damaged, or holds no classifier
   * @throws VerydeepException if there are fewer classes than are to be kept, or an executor cannot
   *     do a part
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public ClassifiedImages classify(Path classifier, ImageFiles files) {
    return classify(
        new Shipped.SavedAnswers(top),
        () -> Classifier.read(classifier),
        to -> Folders.copy(classifier, to),
        files);
  }

  private ClassifiedImages classify(
      Shipped work, Supplier<Classifier> open, Consumer<Path> model, ImageFiles files) {
    try (Classifier classifier = open.get();
        var job = Shipped.asked(classifier, files, top).job()) {
      return done(new ClusterJob<>(job, ImageList.of(files), work, model));
    }
  }

  /**
   * Extracts features.
   *
   * @param extractor the network and its settings; its cache does not count
   * @param images the images
   * @return what says where they go
   */
  public FeatureRun features(FeatureExtractor extractor, Images images) {
    return new FeatureRun(this, extractor, images);
  }

  /**
   * Computes the color statistics of a training set, leaving out images that cannot be read.
   *
   * @param images the images
   * @return the sums, from which the statistics follow, and the images that were left out
   * @throws VerydeepException if an executor cannot do a part
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public TrainingColors.Result colors(Images images) {
    try (var job = TrainingColors.of(images).skippingUnreadable().quiet().job()) {
      return done(new ClusterJob<>(job, ImageList.of(images), new Shipped.Colors(), null));
    }
  }

  <R> R done(ClusterJob<R> job) {
    Path in = folder == null ? Folders.temporary() : folder;
    try {
      job.run(this, in);
      return job.job().join(in);
    } finally {
      if (folder == null) {
        Folders.delete(in);
      }
    }
  }

  SparkSession spark() {
    return spark;
  }

  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  ImageBytes source() {
    return source;
  }

  boolean isQuiet() {
    return quiet;
  }

  /** In how many parts a job is cut. */
  int parts(int images) {
    int eight = images / (8 * Math.max(1, context().defaultParallelism() / cpus()));
    int each = imagesOfPart > 0 ? imagesOfPart : Math.max(32, Math.min(512, eight));
    return Math.max(1, (images + each - 1) / each);
  }

  private int cpus() {
    return context().getConf().getInt("spark.task.cpus", 1);
  }

  /** How many processors a task may use; 0 inside this JVM, which has those that it has. */
  int processors() {
    return context().isLocal() ? 0 : cpus();
  }

  /** The master. */
  @Override
  public String toString() {
    return "cluster " + context().master() + (folder == null ? "" : ", parts in " + folder);
  }
}
