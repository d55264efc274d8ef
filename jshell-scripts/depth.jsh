// Depth in miniature: the nets of Table 3 and the shallow one of section 4.1, narrow.
import verydeep.experiments.*;
var seeds = Integer.getInteger("seeds", 3); // trainings of each network
var epochs = Integer.getInteger("epochs", 12); // of each training, at most
var width = Double.parseDouble(System.getProperty("width", "0.125")); // of the networks; 1 is the paper's
var folder = System.getProperty("folder", "target/depth"); // for trainings, tables and charts
var command = "jshell-scripts/run depth seeds=%d epochs=%d width=%s".formatted(seeds, epochs, width);
var photos = Images.folder("datasets/clothing/train");
var test = Images.folder("datasets/clothing/test");
var trials = new ArrayList<Trial>();

// S=Q=73 is to an input of 64 pixels as 256 is to 224. Each training has its own folder: a stopped run resumes.
Checkpoint train(Configuration configuration, String from, Start start, double rate, long seed) {
  var net = Vgg.of(configuration).classes(10).width(width).input(64).build();
  var recipe = Recipe.paper().batch(32).epochs(epochs).rate(LearningRate.plateau(rate).patience(4));
  var run = Training.of(net, photos.split(0.9, seed)).recipe(recipe).scale(fixed(73)).startFrom(start).seed(seed).
      folder("%s/%s-%s-%d".formatted(folder, configuration.label(), from, seed)).run();
  var crop = Evaluation.of(run.best(), test).centerCrop().scales(73).run();
  var dense = Evaluation.of(run.best(), test).dense().scales(73).run();
  trials.add(Trial.of(run, rate == 0.01 ? from : from + " at rate " + rate, command, crop, dense));
  Trials.write(trials, folder + "/depth.csv");
  return run.best();
}

// As in the paper: A and A-LRN from random weights, the others from A. A also from A, for as many epochs in all.
for (long seed = 1; seed <= seeds; seed++) {
  var a = Start.shallow(train(A, "random", Start.random(), 0.01, seed));
  train(A_LRN, "random", Start.random(), 0.01, seed);
  for (var deep : List.of(A, B, C, D, E)) train(deep, "A", a, 0.01, seed);
  // 5x5 layers stay at chance level at a rate of 0.01 and do not have A's shapes; B is trained the same way to compare.
  for (var other : List.of(B, B_5X5)) train(other, "random", Start.random(), 0.001, seed);
}
println("\n" + Tables.text(Trials.overSeeds(trials)) + "\n\n" + Tables.text(Trials.findings(trials)));
Trials.chart(trials).write(folder + "/depth.png");
println("\nall trainings are in " + folder + "/depth.csv, with the figure next to it");
