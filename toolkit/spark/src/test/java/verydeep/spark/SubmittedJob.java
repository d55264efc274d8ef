package verydeep.spark;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.EvaluationBuilder;
import verydeep.transfer.FeatureExtractor;

/**
 * A program for spark-submit that does a job in rounds, each from its beginning: {@code test} or
 * {@code features}, an arithmetic, a folder of images, a folder for what comes, the number of
 * rounds. It says when rounds begin and end, and how many tasks were lost with their executors.
 */
public final class SubmittedJob {

  private SubmittedJob() {}

  /** Does the job. */
  public static void main(String[] args) {
    Arithmetic arithmetic = Arithmetic.valueOf(args[1]);
    Path images = Path.of(args[2]);
    Count count = new Count();
    SparkSession spark = SparkSession.builder().appName("verydeep").getOrCreate();
    spark.sparkContext().addSparkListener(count);
    Cluster cluster = Cluster.of(spark).quiet();
    for (int round = 0; round < Integer.parseInt(args[4]); round++) {
      Path target = Path.of(args[3]).resolve("" + round);
      System.out.println("begin " + round);
      switch (args[0]) {
        case "test" -> {
          Path parts = target.resolve("parts");
          Evaluation done = cluster.folder(parts).imagesOfPart(32).run(test(images, arithmetic));
          done.write(target.resolve("result"));
        }
        case "features" -> {
          Images many = many(images);
          FeatureExtractor extractor = extractor(arithmetic);
          String rows = target.resolve("rows").toString();
          int parts =
              cluster.imagesOfPart(128).features(extractor, many).parquet(rows).times().parts();
          System.out.println(parts + " parts written");
        }
        default -> {
          Path parts = target.resolve("parts");
          var boxed = Sample.boxed(good(images));
          var done = cluster.folder(parts).imagesOfPart(8).test(Sample.localizer(), boxed);
          done.write(target.resolve("result"));
        }
      }
      System.out.println("end " + round);
    }
    spark.stop(); // after the last event has been heard
    System.out.printf(
        "%d parts done, %d lost with their executors%n", count.done.get(), count.lost.get());
  }

  /** The test, with a damaged image. */
  static EvaluationBuilder test(Path images, Arithmetic arithmetic) {
    return Evaluation.of(Sample.network(1), Images.folder(images))
        .dense()
        .scales(32, 40)
        .arithmetic(arithmetic)
        .skippingUnreadable()
        .quiet();
  }

  static FeatureExtractor extractor(Arithmetic arithmetic) {
    return FeatureExtractor.of(Sample.network(1))
        .layer("pool4")
        .scales(32)
        .arithmetic(arithmetic)
        .quiet();
  }

  /** The images of an extraction, among them damaged ones. */
  static Images many(Path images) {
    Images all = Images.folder(images);
    return all.subset(IntStream.range(0, 1024).map(i -> i % all.size()).toArray());
  }

  /** The first 30 images that are not damaged. */
  static Images good(Path images) {
    Images all = Images.folder(images);
    int[] good =
        IntStream.range(0, all.size())
            .filter(i -> !all.name(i).endsWith(Sample.DAMAGED))
            .limit(30)
            .toArray();
    return all.subset(good);
  }

  /** Counts tasks. */
  private static final class Count extends SparkListener {

    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (end.reason() instanceof ExecutorLostFailure) {
        lost.incrementAndGet();
      } else if (end.taskInfo().successful()) {
        done.incrementAndGet();
      }
    }
  }
}
