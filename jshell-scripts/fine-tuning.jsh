// Four ways to use a network on few photos: from scratch, fixed features, fine-tuned in part, as a whole. photos=1000 epochs=12 seeds=1
var epochs = Integer.getInteger("epochs", 12);
var folder = System.getProperty("folder", "target/fine-tuning");
// So many photos to learn from, the others of their folder to test. All settings were chosen with the photos of `choosing`.
var all = Images.folder("datasets/clothing/train");
var drawn = all.split((double) Integer.getInteger("photos", 1000) / all.size(), 1);
Images photos = drawn.training(), unseen = drawn.validation(), choosing = Images.folder("datasets/clothing/test");
var d = Checkpoint.read("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
// Three new layers of 128 units for images of 64 pixels; small first weights behind D's convolutions, since D's activations are large.
// In so few epochs new layers need a higher rate than the paper's 0.001, and no dropout. From random weights A begins, and D from A.
Vgg net(Configuration configuration, Initialization first) {
  return Vgg.of(configuration).units(128).classes(10).input(64).dropout(0).initialization(first).build();
}
Checkpoint train(String name, long seed, Vgg net, double rate, UnaryOperator<TrainingBuilder> start) {
  var recipe = Recipe.paper().batch(32).rate(LearningRate.plateau(rate).patience(3)).epochs(epochs);
  var training = Training.of(net, photos.split(0.9, 1)).scale(jittered(64, 96)).seed(seed).recipe(recipe);
  return start.apply(training).folder(folder + "/" + name.replace(' ', '-') + "-" + seed).run().best();
}
TrainingBuilder slowed(TrainingBuilder training) { // D's own layers know something: a tenth of the rate of the new ones
  for (var layer : d.network().layers()) if (layer.name().startsWith("conv")) training.rateMultiplier(layer.name(), 0.1);
  return training.startFrom(d);
}
FeatureExtractor features(String layer) { return FeatureExtractor.of(d).layer(layer).scales(80).cache(folder + "/features"); }
Evaluation svm(String layer, Images test) { return LinearSvm.of(features(layer).run(photos)).run().test(features(layer).run(test)); }
var layer = Stream.of("pool3", "pool4", "pool5").min(Comparator.comparing(name -> svm(name, choosing).errors().top1().value())).get();
var fixed = svm(layer, unseen).named("D, fixed %s and linear SVM".formatted(layer));
var tests = new ArrayList<>(List.of(Evaluation.majorityClass(photos, unseen), fixed));
Evaluation test(String name, long seed, Checkpoint trained) {
  var kept = Path.of(folder, name.replace(' ', '-') + "-" + seed, "test");
  tests.add(Evaluation.of(trained, unseen).dense().scales(80).folder(kept).run().named("D, %s, seed %d".formatted(name, seed)));
  return tests.get(tests.size() - 1);
}
var a = train("A", 1, net(A, Initialization.glorot()), 0.01, training -> training);
var deep = train("from scratch", 1, net(D, Initialization.glorot()), 0.01, training -> training.startFrom(ShallowStart.of(a)));
var scratch = test("from scratch", 1, deep); // one seed only: whether A begins before its rate falls is a matter of luck
for (long seed = 1; seed <= Integer.getInteger("seeds", 1); seed++) {
  var behind = train("new layers alone", seed, net(D, Initialization.paper()), 0.003, t -> t.startFrom(d).freezeThrough("pool5"));
  var connected = test("new layers alone", seed, behind);
  var whole = test("all layers", seed, train("all layers", seed, net(D, Initialization.paper()), 0.003, t -> slowed(t)));
  println("\n" + Tables.text(Tables.of(scratch.compareWith(connected), connected.compareWith(whole), fixed.compareWith(whole))));
}
Charts.errors(tests).write(folder + "/fine-tuning.png");
Tables.of(tests).write().csv(folder + "/fine-tuning.csv");
println("\n" + Tables.text(Tables.of(tests)) + "\n\ntable, figure and the trained networks are in " + folder);
