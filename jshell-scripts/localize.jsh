// Where is the cell? Boxes by D: one for all classes or one a class, fc layers alone or all; crop and dense. seeds=1
var epochs = Integer.getInteger("epochs", 6);
var folder = System.getProperty("folder", "target/localize");
var d = Checkpoint.read("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
// Images of one cell each, at most so many of a kind; of no photo there are some on both sides. S=128, input 96.
BoxedImages cells(String set) {
  return ObjectWindows.of(BoxedImages.voc("datasets/bccd", set)).most(Integer.getInteger("cells", 175)).seed(1).sizes(1.3, 3).
      side(128).run(folder + "/" + set);
}
var data = cells("trainval").split(0.85, 1);
var unseen = cells("test");
var tests = new ArrayList<Localization>(List.of(Localization.meanBox(data.training(), unseen).guesses(1)));
Localization note(Localization test, String name) { tests.add(test.guesses(1).named(name)); return tests.get(tests.size() - 1); }
// Layers drawn anew need a higher rate than the paper's 0.001, and no dropout in so few epochs. Of three classes one guess counts.
var recipe = Recipe.paper().batch(16).rate(LearningRate.plateau(0.003).patience(3)).epochs(epochs);
Localizer localizer(LocalizerBuilder builder, String folder, long seed) {
  return Localizer.of(builder.units(256).input(96).dropout(0).initialization(Initialization.paper()).scale(fixed(128)).recipe(recipe).
      training(t -> t.seed(seed).folder(folder)).run().best());
}
for (long seed = 1; seed <= Integer.getInteger("seeds", 1); seed++) {
  String here = folder + "/seed-" + seed, of = ", seed " + seed;
  var a = note(localizer(Localizer.from(d, data).single().fullyConnectedOnly(), here + "/scr", seed).test(unseen), "SCR, fc layers" + of);
  var pcr = localizer(Localizer.from(d, data).perClass().fullyConnectedOnly(), here + "/pcr", seed);
  var all = localizer(Localizer.from(d, data).perClass(), here + "/all", seed);
  Localization b = note(pcr.test(unseen), "PCR, fc layers" + of), c = note(all.test(unseen), "PCR, all layers" + of);
  var net = d.network().with().classifier().units(256).classes(3).input(96).initialization(Initialization.paper()).build();
  var classifier = Training.of(net, new Split(data.training().images(), data.validation().images())).recipe(recipe).
      scale(fixed(128)).seed(seed).startFrom(d).freezeThrough("pool5").folder(here + "/classifier").run().best();
  var dense = DenseLocalizer.of(classifier, all).scales(128, 160);
  var e = note(dense.scales(128).folder(here + "/dense-128").test(unseen), "PCR, all layers" + of);
  var f = note(dense.folder(here + "/dense-128-160").test(unseen), "PCR, all layers" + of);
  var g = note(DenseLocalizer.of(classifier, all, pcr).scales(128, 160).folder(here + "/both").test(unseen), "both PCR" + of);
  println("\n" + Tables.text(Tables.of(tests.get(0).compareWith(a), a.compareWith(b), b.compareWith(c), c.compareWith(e), e.compareWith(f), f.compareWith(g))));
  Charts.accuracyOverIou(tests.get(0), a, b, c, f).write(here + "/iou.png");
  Pictures.boxes(f, 12).write(here + "/boxes.png");
  Pictures.merging(dense, unseen.annotated(0)).write(here + "/merging.png");
}
var table = Tables.of(tests.toArray(new Localization[0]));
table.write().csv(folder + "/localization.csv");
println("\n" + Tables.text(table) + "\ntables and images are in " + folder);
