// ILSVRC-2012's validation set tested by Apache Spark: in this process, or on a cluster
import org.apache.spark.sql.SparkSession;
import verydeep.spark.*;

var master = System.getProperty("master", "local[2]"); // spark://host:7077, yarn, or threads of this process
var cores = Integer.getInteger("cores", 1); // of an executor, on a cluster
var weights = System.getProperty("weights", ""); // one file
String images = System.getProperty("images", ""), truth = System.getProperty("truth", ""); // folder; devkit or file
var first = Integer.getInteger("first", 0); // number of images, drawn at random: 0 for all
var crops = Boolean.getBoolean("crops"); // by 150 crops too, and the mean of both (Table 5)
if (weights.isEmpty() || images.isEmpty()) {
  println("give weights=FILE images=FOLDER truth=DEVKIT (or a text file; omit it for folders named by synset)");
  System.exit(2);
}
var all = truth.isEmpty() ? Ilsvrc.folders(images) : Ilsvrc.validation(images, truth);
var used = first > 0 ? all.some(first, 1) : all;
println(used);
var net = Checkpoint.read(weights);
var scales = net.trainingScale().orElse(jittered(256, 512)).testScales(net.network().input());
var test = Evaluation.of(net, used).scales(scales).skippingUnreadable();

var spark = SparkSession.builder().appName("verydeep test").master(master).
    config("spark.executor.cores", cores).config("spark.task.cpus", cores).
    config("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=" + cores).getOrCreate();
// A repeated call does what is missing in this folder of the driver.
var folder = "target/spark-imagenet/" + Path.of(weights).getFileName() + "-" + used.size() + (crops ? "-crops" : "");
var found = Cluster.of(spark).folder(folder).run(crops ? test.denseAndMultiCrop() : test.dense());
spark.stop();
var paper = crops ? PaperResults.table5() : PaperResults.table4();
println(Tables.text(Tables.beside(paper, found)));
found.skipped().forEach(skipped -> println("not read: " + skipped.file() + ": " + skipped.reason()));
