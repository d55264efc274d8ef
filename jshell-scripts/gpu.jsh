// Compares GPUs with the CPU and measures speeds; without a GPU, runs what a CPU can.
import verydeep.gpu.*;
println(Hardware.here());
println();
var photos = Images.folder("datasets/clothing/train");
var d = Checkpoint.read("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
var check = GpuCheck.of(d, photos).boxes(BoxedImages.voc("datasets/bccd", "train")).
    beside(System.getProperty("python", "python3"), Path.of("toolkit/src/benchmarks/python/gpu.py")); // with PyTorch
var wanted = Integer.getInteger("photos", 0); // to compare on; 0 for as many as suit the machine
var report = (wanted > 0 ? check.photos(wanted) : check).run();

println();
println(Tables.text(report.agreementTable()));
println();
println(Tables.text(report.speedTable()));
Files.createDirectories(Path.of("target/gpu"));
report.agreementTable().write().csv("target/gpu/agreements.csv");
report.speedTable().write().csv("target/gpu/speeds.csv");
Files.writeString(Path.of("target/gpu/hardware.txt"), report.hardware() + "\n");
try {
  report.speedChart().write("target/gpu/speeds.png");
} catch (VerydeepException e) {
  println("no chart: " + e.getMessage());
}
println("\nthe tables and the chart are in target/gpu");
if (!report.holds()) {
  System.exit(1);
}
