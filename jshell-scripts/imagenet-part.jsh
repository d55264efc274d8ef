// One part of a dense test on ILSVRC-2012's validation set, for a batch system; without part=, all of them joined
var weights = System.getProperty("weights", ""); // a file
String images = System.getProperty("images", ""), truth = System.getProperty("truth", ""); // folder; devkit or file
var folder = System.getProperty("folder", "target/imagenet-parts"); // which all machines see
var part = Integer.getInteger("part", -1); // from 0 to of - 1, such as SLURM_ARRAY_TASK_ID; -1 joins the parts
var of = Integer.getInteger("of", 1); // number of parts
var crops = Boolean.getBoolean("crops"); // by 150 crops instead: five times as long
if (weights.isEmpty() || images.isEmpty()) {
  println("give weights=FILE images=FOLDER truth=DEVKIT (or a text file; omit it for folders named by synset)");
  System.exit(2);
}
var net = Checkpoint.read(weights);
var all = truth.isEmpty() ? Ilsvrc.folders(images) : Ilsvrc.validation(images, truth);
var scales = net.trainingScale().orElse(jittered(256, 512)).testScales(net.network().input());
var test = Evaluation.of(net, all).scales(scales).skippingUnreadable();
try (var job = (crops ? test.multiCrop() : test.dense()).job()) {
  if (part >= 0) {
    println(job.part(part, of) + ": " + job.part(part, of).run(folder) + " computed");
  } else {
    println(job.join(folder));
  }
}
