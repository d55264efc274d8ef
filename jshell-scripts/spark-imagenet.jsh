// ILSVRC-2012's validation set tested by Apache Spark: in this process, or on a cluster
import org.apache.spark.sql.SparkSession;
import verydeep.spark.*;
var master = System.getProperty("master", "local[2]"); // spark://host:7077, yarn, or threads of this process
var cores = Integer.getInteger("cores", 1); // of an executor, on a cluster
var weights = System.getProperty("weights", ""); // one file
String images = System.getProperty("images", ""), truth = System.getProperty("truth", ""); // folder; devkit or file
var stored = System.getProperty("stored", "folder"); // images is a folder, pattern, parquet or sequence
var name = System.getProperty("name", "path"); // the column of names in Parquet
var content = System.getProperty("content", "content"); // the column of bytes
var first = Integer.getInteger("first", 0); // number of images, drawn at random: 0 for all
var crops = Boolean.getBoolean("crops"); // by 150 crops too, and the mean of both (Table 5)
if (weights.isEmpty() || images.isEmpty() || !List.of("folder", "pattern", "parquet", "sequence").contains(stored)) {
  println("give weights=FILE images=FOLDER truth=DEVKIT (or a text file; omit it for folders named by synset),");
  println("or with stored=pattern, parquet or sequence images=PATH");
  System.exit(2);
}
var net = Checkpoint.read(weights);
var spark = SparkSession.builder().appName("verydeep test").master(master).
    config("spark.executor.cores", cores).config("spark.task.cpus", cores).
    config("spark.executor.extraJavaOptions", "-XX:ActiveProcessorCount=" + cores).getOrCreate();
StoredImages found = null;
if (stored.equals("pattern")) found = StoredImages.glob(spark, images);
if (stored.equals("parquet")) found = StoredImages.parquet(spark, images, name, content);
if (stored.equals("sequence")) found = StoredImages.sequenceFiles(spark, images);
List<String> names = found == null ? List.of() : found.names();
var labels = truth.isEmpty() || found == null ? Ilsvrc.labels(names) : Ilsvrc.labels(names, Path.of(truth));
Images all = found == null ? null : Images.of(Ilsvrc.classes(), names, labels, found);
if (found == null) all = truth.isEmpty() ? Ilsvrc.folders(images) : Ilsvrc.validation(images, truth);
var used = first > 0 ? all.some(first, 1) : all;
println(used);
var scales = net.trainingScale().orElse(jittered(256, 512)).testScales(net.network().input());
var test = Evaluation.of(net, used).scales(scales).skippingUnreadable();
// A repeated call does what is missing in this folder of the driver.
var folder = "target/spark-imagenet/" + Path.of(weights).getFileName() + "-" + used.size() + (crops ? "-crops" : "");
var cluster = found == null ? Cluster.of(spark).folder(folder) : Cluster.of(spark).folder(folder).reading(found);
var tested = cluster.run(crops ? test.denseAndMultiCrop() : test.dense());
spark.stop();
println(Tables.text(Tables.beside(crops ? PaperResults.table5() : PaperResults.table4(), tested)));
tested.skipped().forEach(skipped -> println("not read: " + skipped.file() + ": " + skipped.reason()));
