// Learns your own classes from a folder of photos, one folder per class
var data = System.getProperty("data", "datasets/clothing/test"); // a folder with a folder for each class
var out = System.getProperty("out", "target/learned/svm.safetensors"); // the file to write
var weights = System.getProperty("weights", "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors"); // of the network
var layers = System.getProperty("layers", "pool4,pool5").split(","); // to choose from
var sides = System.getProperty("scales", "160,256").split(","); // Q in pixels, to choose from
int[] scales = Stream.of(sides).mapToInt(Integer::parseInt).toArray();
String beside(String name) { return Path.of(out).resolveSibling(name).toString(); }

// Layer, scales and C are chosen on four fifths of the photos; the error is that of the other fifth (appendix B).
var photos = Images.folder(data);
var learned = SvmLearning.of(Checkpoint.read(weights), photos).
    layers(layers).scales(scales).cache(beside("features")).
    seed(Long.getLong("seed", 0)). // which photos are held out
    run();
println(learned);
println();
println(Tables.text(Tables.of(learned)));
println(Tables.text(Tables.of(learned.test())));

var wrong = learned.test().errors().top1().wrong();
if (wrong > 0) Pictures.mostConfidentMistakes(learned.test(), 18).write(beside("mistakes.png"));
println((wrong > 0 ? "the most confident mistakes: " + beside("mistakes.png") + "\n" : "") + "the classifier: " +
    learned.svm().write(out) + "\nuse it: jshell-scripts/run predict model=" + out + " photos=FILE-OR-FOLDER");
