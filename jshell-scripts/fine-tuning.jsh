// D on few photos: from scratch, fixed features, fine-tuned in part or in full.
import verydeep.experiments.*;
var folder = System.getProperty("folder", "target/fine-tuning"); // for trainings, tables and charts
// This many photos to train on, the rest of their folder to test. `choosing` was used to choose all settings.
var all = Images.folder("datasets/clothing/train");
var drawn = all.split((double) Integer.getInteger("photos", 1000) / all.size(), 1); // to train on
Images photos = drawn.training(), unseen = drawn.validation(), choosing = Images.folder("datasets/clothing/test");
var d = Checkpoint.read("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
var extractor = FeatureExtractor.of(d).scales(80).cache(folder + "/features");
var fixed = BestLayer.svm("D", extractor, List.of("pool3", "pool4", "pool5"), photos, choosing, unseen);
var tests = new ArrayList<>(List.of(Evaluation.majorityClass(photos, unseen), fixed));
// Three new layers of 128 units. In so few epochs they need a higher rate than the paper's 0.001, and no dropout.
TrainingBuilder training(Configuration configuration, Initialization first, double rate) {
  var net = Vgg.of(configuration).units(128).classes(10).input(64).dropout(0).initialization(first).build();
  var plateau = LearningRate.plateau(rate).patience(3);
  var recipe = Recipe.paper().batch(32).rate(plateau).epochs(Integer.getInteger("epochs", 12)); // at most
  return Training.of(net, photos.split(0.9, 1)).scale(jittered(64, 96)).recipe(recipe);
}
Evaluation test(String name, long seed, TrainingBuilder training) {
  var kept = Path.of(folder, name.replace(' ', '-') + "-" + seed);
  var test = Evaluation.of(training.seed(seed).folder(kept).run().best(), unseen).dense().scales(80);
  tests.add(test.folder(kept.resolve("test")).run().named("D, %s, seed %d".formatted(name, seed)));
  return tests.get(tests.size() - 1);
}
// A starts from random weights, D from A. One seed only: whether A learns before its rate drops is a matter of luck.
var a = training(A, Initialization.glorot(), 0.01).seed(1).folder(folder + "/A-1").run().best();
var scratch = test("from scratch", 1, training(D, Initialization.glorot(), 0.01).startFrom(Start.shallow(a)));
// Small initial weights after D's convolutions, whose activations are large; those learn at a tenth of the rate.
var tuning = training(D, Initialization.paper(), 0.003).startFrom(d);
var slowed = tuning;
for (var layer : d.network().layers())
  if (layer.name().startsWith("conv")) slowed = slowed.rateMultiplier(layer.name(), 0.1);
for (long seed = 1; seed <= Integer.getInteger("seeds", 1); seed++) { // trainings of each kind
  var top = test("new layers alone", seed, tuning.freezeThrough("pool5"));
  var whole = test("all layers", seed, slowed);
  println("\n" + Tables.text(Tables.of(scratch.compareWith(top), top.compareWith(whole), fixed.compareWith(whole))));
}
Charts.errors(tests).write(folder + "/fine-tuning.png");
Tables.of(tests).write().csv(folder + "/fine-tuning.csv");
println("\n" + Tables.text(Tables.of(tests)) + "\n\nthe table, the figure and the trained networks are in " + folder);
