// ILSVRC-2012's validation set, tested as in Tables 3 to 6
var weights = System.getProperty("weights", ""); // one file or several, with commas
String images = System.getProperty("images", ""), truth = System.getProperty("truth", ""); // folder; devkit or file
var first = Integer.getInteger("first", 0); // number of images, drawn at random: 0 for all
var crops = Boolean.getBoolean("crops"); // by 150 crops too (Table 5): six times as long as dense alone
if (weights.isEmpty() || images.isEmpty()) {
  println("give weights=FILE[,FILE] images=FOLDER truth=DEVKIT (or a text file; omit it for folders named by synset)");
  System.exit(2);
}
var all = truth.isEmpty() ? Ilsvrc.folders(images) : Ilsvrc.validation(images, truth);
var used = first > 0 ? all.some(first, 1) : all;
println(used);
var nets = new LinkedHashMap<String, Checkpoint>(); // all read before the first test, which may take days
for (var file : weights.split(",")) { nets.put(file, Checkpoint.read(file)); }

// One network after another, each test saved in its own folder: a repeated call resumes.
var tests = new ArrayList<Evaluation>();
List<Evaluation> wide = new ArrayList<>(), cropped = new ArrayList<>(), both = new ArrayList<>();
Evaluation done(Evaluation test) { println(test.protocol() + ": " + test.errors()); tests.add(test); return test; }
void test(String file, Checkpoint net) {
  var unknown = "tested as if S=[256;512]: its training scale is unknown";
  println(file + ", " + net.trainingScale().map(Object::toString).orElse(unknown));
  var folder = "target/imagenet/" + Path.of(file).getFileName() + "-" + used.size() + "/";
  var trained = net.trainingScale().orElse(jittered(256, 512));
  var scales = trained.testScales(net.network().input());
  var one = Evaluation.of(net, used).skippingUnreadable();
  done(one.centerCrop().scales(256).folder(folder + "centre").run());
  done(one.dense().scales(trained.testScale()).folder(folder + "dense").run());
  wide.add(done(one.dense().scales(scales).folder(folder + "scales").run()));
  if (crops) {
    cropped.add(done(one.multiCrop().scales(scales).folder(folder + "crops").run()));
    both.add(done(Evaluation.mean(wide.get(wide.size() - 1), cropped.get(cropped.size() - 1))));
  }
}
nets.forEach((file, net) -> test(file, net));
for (var kind : List.of(wide, cropped, both)) if (kind.size() > 1) tests.add(Evaluation.mean(kind));
var paper = Stream.of(PaperResults.table3(), PaperResults.table4(), PaperResults.table5(), PaperResults.table6());
println(Tables.text(Tables.beside(paper.flatMap(List::stream).toList(), tests.toArray(Evaluation[]::new))));
tests.stream().flatMap(test -> test.skipped().stream()).distinct().
    forEach(skipped -> println("not read: " + skipped.file() + ": " + skipped.reason()));
