// Features of many photos as Parquet, by Apache Spark: in this process, or on a cluster
import org.apache.spark.sql.SparkSession;
import verydeep.spark.*;

var master = System.getProperty("master", "local[2]"); // spark://host:7077, yarn, or threads of this process
var cores = Integer.getInteger("cores", 1); // of an executor, on a cluster
var photos = System.getProperty("photos", "datasets/clothing/test"); // a folder of folders that every machine sees
var weights = System.getProperty("weights", "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors"); // of the network
var out = System.getProperty("out", "target/spark-features"); // a folder or URI that every machine sees
var layer = System.getProperty("layer", "pool5"); // whose activations
var extractor = FeatureExtractor.of(Checkpoint.read(weights)).layer(layer).
    scales(Integer.getInteger("scale", 160)); // Q in pixels
var each = Integer.getInteger("part", 0); // images of a part: 0 for as many as suit the cluster

var spark = SparkSession.builder().appName("verydeep features").master(master).
    config("spark.executor.cores", cores).config("spark.task.cpus", cores).
    config("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=" + cores).getOrCreate();
var cluster = each > 0 ? Cluster.of(spark).imagesOfPart(each) : Cluster.of(spark);

// A repeated call does what is missing.
var done = cluster.features(extractor, Images.folder(photos)).parquet(out);
println(done);
done.unreadable().forEach(skipped -> println("not read: " + skipped.file() + ": " + skipped.reason()));
spark.read().parquet(out).select("index", "file", "class", "unreadable").show(5, false);
spark.stop();
