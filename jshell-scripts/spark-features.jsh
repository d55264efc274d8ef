// Features of many photos as Parquet, by Apache Spark: in this process, or on a cluster
import org.apache.spark.sql.SparkSession;
import verydeep.spark.*;

var master = System.getProperty("master", "local[2]"); // spark://host:7077, yarn, or threads of this process
var cores = Integer.getInteger("cores", 1); // of an executor, on a cluster
var photos = System.getProperty("photos", "datasets/clothing/test"); // a path or URI that every machine sees
var stored = System.getProperty("stored", "folder"); // photos is a folder, pattern, parquet or sequence
var name = System.getProperty("name", "path"); // the column of names in Parquet
var content = System.getProperty("content", "content"); // the column of bytes
var weights = System.getProperty("weights", "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors"); // of the network
var out = System.getProperty("out", "target/spark-features"); // a folder or URI that every machine sees
var layer = System.getProperty("layer", "pool5"); // whose activations
if (!List.of("folder", "pattern", "parquet", "sequence").contains(stored)) {
  println("stored=" + stored + " is not folder, pattern, parquet or sequence");
  System.exit(2);
}
var extractor = FeatureExtractor.of(Checkpoint.read(weights)).layer(layer).
    scales(Integer.getInteger("scale", 160)); // Q in pixels
var each = Integer.getInteger("part", 0); // images of a part: 0 for as many as suit the cluster
var start = System.nanoTime();
var spark = SparkSession.builder().appName("verydeep features").master(master).
    config("spark.executor.cores", cores).config("spark.task.cpus", cores).
    config("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=" + cores).getOrCreate();
var begun = System.nanoTime();
StoredImages found = null;
if (stored.equals("pattern")) found = StoredImages.glob(spark, photos);
if (stored.equals("parquet")) found = StoredImages.parquet(spark, photos, name, content);
if (stored.equals("sequence")) found = StoredImages.sequenceFiles(spark, photos);
var cluster = found == null ? Cluster.of(spark) : Cluster.of(spark).reading(found);
var images = found == null ? Images.folder(photos) : found.images();
// A repeated call does what is missing.
var done = (each > 0 ? cluster.imagesOfPart(each) : cluster).features(extractor, images).parquet(out);
println(done);
var seconds = (System.nanoTime() - begun) / 1e9;
println("Spark started in %.1f s; %.1f s since, %.1f%% of them without the network".formatted((begun - start) / 1e9,
    seconds, 100 - 100 * done.times().network() / (seconds * Math.max(1, done.times().executors()))));
done.unreadable().forEach(skipped -> println("not read: " + skipped.file() + ": " + skipped.reason()));
spark.read().parquet(out).select("index", "file", "class", "unreadable").show(5, false);
spark.stop();
