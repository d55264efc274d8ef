// Where is the cell? Boxes by D: one for any class or one per class, fc layers alone or all; crop and dense.
import verydeep.experiments.*;
var folder = System.getProperty("folder", "target/localize"); // for trainings, tables and charts
// Images of one cell each, up to this many of a kind; no photo contributes to both sides.
var data = Cells.of("trainval", Integer.getInteger("cells", 175), folder).split(0.85, 1); // of each kind, at most
var unseen = Cells.of("test", Integer.getInteger("cells", 175), folder);
var d = Checkpoint.read("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
// Randomly initialized layers need a higher rate than the paper's 0.001.
var epochs = Integer.getInteger("epochs", 6); // of each training, at most
var recipe = Recipe.paper().batch(16).rate(LearningRate.plateau(0.003).patience(3)).epochs(epochs);
var boxes = Cells.localizer(d, data).recipe(recipe);
var kinds = Cells.classifier(d, data).recipe(recipe);
Localizer train(LocalizerBuilder boxes, String folder, long seed) {
  return Localizer.of(boxes.training(t -> t.seed(seed).folder(folder)).run().best());
}
var tests = new ArrayList<>(List.of(Localization.meanBox(data.training(), unseen).guesses(1)));
for (long seed = 1; seed <= Integer.getInteger("seeds", 1); seed++) { // trainings of each kind
  String here = folder + "/seed-" + seed, of = ", seed " + seed;
  var scr = train(boxes.single().fullyConnectedOnly(), here + "/scr", seed);
  var pcr = train(boxes.perClass().fullyConnectedOnly(), here + "/pcr", seed);
  var all = train(boxes.perClass(), here + "/all", seed);
  var classifier = kinds.seed(seed).folder(here + "/classifier").run().best();
  var dense = DenseLocalizer.of(classifier, all).scales(128, 160);
  var both = DenseLocalizer.of(classifier, all, pcr).scales(128, 160).folder(here + "/both");
  var own = Stream.of(
      scr.test(unseen).named("SCR, fc layers" + of),
      pcr.test(unseen).named("PCR, fc layers" + of),
      all.test(unseen).named("PCR, all layers" + of),
      dense.scales(128).folder(here + "/dense-128").test(unseen).named("PCR, all layers" + of),
      dense.folder(here + "/dense-128-160").test(unseen).named("PCR, all layers" + of),
      both.test(unseen).named("both PCR" + of)).map(test -> test.guesses(1)).toList(); // of three classes one counts
  tests.addAll(own);
  println("\n" + Tables.text(Tables.of(Steps.of(tests.get(0), own))));
  Charts.accuracyOverIou(tests.get(0), own.get(0), own.get(1), own.get(2), own.get(4)).write(here + "/iou.png");
  Pictures.boxes(own.get(4), 12).write(here + "/boxes.png");
  Pictures.merging(dense, unseen.annotated(0)).write(here + "/merging.png");
}
var table = Tables.of(tests.toArray(Localization[]::new));
table.write().csv(folder + "/localization.csv");
println("\n" + Tables.text(table) + "\nthe tables and images are in " + folder);
