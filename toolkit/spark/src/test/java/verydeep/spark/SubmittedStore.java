package verydeep.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;
import org.apache.spark.sql.SparkSession;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.EvaluationBuilder;
import verydeep.transfer.FeatureExtractor;

/**
 * A program for spark-submit whose images and features are in a store: the URI of a folder there, a
 * folder of images that it puts there, and a local folder for what is to be compared.
 */
public final class SubmittedStore {

  private SubmittedStore() {}

  /** Does the jobs. */
  public static void main(String[] args) throws IOException {
    String store = args[0];
    Path target = Path.of(args[2]);
    SparkSession spark = SparkSession.builder().appName("verydeep").getOrCreate();
    Configuration settings = spark.sparkContext().hadoopConfiguration();
    var photos = new org.apache.hadoop.fs.Path(store, "photos");
    FileSystem files = photos.getFileSystem(settings);
    files.copyFromLocalFile(new org.apache.hadoop.fs.Path(args[1]), photos);
    Cluster cluster = Cluster.of(spark).quiet();

    StoredImages found = StoredImages.glob(spark, photos + "/*/*.png");
    System.out.println(damaged(cluster.reading(found), found) + " damaged files");
    Path parts = target.resolve("parts"); // by a list of URIs, which are what was found
    Evaluation test = cluster.folder(parts).imagesOfPart(32).run(test(found.images()));
    test.write(target.resolve("result"));

    spark
        .read()
        .format("binaryFile")
        .load(photos + "/*/*.png")
        .coalesce(1)
        .sortWithinPartitions("path")
        .write()
        .parquet(store + "/table");
    StoredImages rows = StoredImages.parquet(spark, store + "/table", "path", "content");
    String features = store + "/features";
    FeatureRun run = cluster.reading(rows).imagesOfPart(128).features(extractor(), rows.images());
    System.out.println(run.parquet(features).times().parts() + " parts at first");
    files.delete(new org.apache.hadoop.fs.Path(features, FeatureRows.name(0, 128)), false);
    System.out.println(run.parquet(features).times().parts() + " parts again");
    System.out.println(run.parquet(features).times().parts() + " parts at last");
    System.out.println(hidden(files, features) + " hidden files");
    spark.read().parquet(features).write().parquet(target.resolve("features").toUri().toString());

    String records = store + "/records/photos.seq";
    write(found, settings, new org.apache.hadoop.fs.Path(records));
    StoredImages kept = StoredImages.sequenceFiles(spark, store + "/records");
    System.out.println(kept.size() + " records");
    System.out.println(damaged(cluster.reading(kept), kept) + " damaged records");
    spark.stop();
  }

  private static int damaged(Cluster cluster, StoredImages images) {
    return cluster.colors(images.images()).skipped().size();
  }

  /** Files that a part or the driver should have renamed. */
  private static int hidden(FileSystem files, String folder) throws IOException {
    return files.globStatus(new org.apache.hadoop.fs.Path(folder, "_{half,part}-*")).length;
  }

  private static void write(
      StoredImages images, Configuration settings, org.apache.hadoop.fs.Path file)
      throws IOException {
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            settings,
            SequenceFile.Writer.file(file),
            SequenceFile.Writer.keyClass(Text.class),
            SequenceFile.Writer.valueClass(BytesWritable.class))) {
      for (String name : images.names()) {
        writer.append(new Text(name), new BytesWritable(images.read(name)));
      }
    }
  }

  /** A test that skips the damaged image. */
  static EvaluationBuilder test(Images images) {
    return Evaluation.of(Sample.network(1), images)
        .dense()
        .scales(32, 40)
        .arithmetic(Arithmetic.EXACT)
        .skippingUnreadable()
        .quiet();
  }

  static FeatureExtractor extractor() {
    return SubmittedJob.extractor(Arithmetic.EXACT);
  }
}
