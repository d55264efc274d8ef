// Four ways to use a network on few photos: from scratch, fixed features, fine-tuned in part, as a whole. photos=1000 epochs=12
var epochs = Integer.getInteger("epochs", 12);
var folder = System.getProperty("folder", "target/fine-tuning");
var photos = Images.folder("datasets/clothing/train").take(Integer.getInteger("photos", 1000), 1);
var test = Images.folder("datasets/clothing/test");
var d = Checkpoint.read("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");

// D with three new layers of 128 units for pictures of 64 pixels; small first weights, since D's responses are large. In so few
// epochs new layers need a higher rate than the paper's 0.001, and no dropout. From scratch D needs larger first weights to begin.
var net = d.network().with().classifier().units(128).classes(10).input(64).dropout(0).initialization(Initialization.paper()).build();
var anew = net.with().initialization(Initialization.glorot()).build();
TrainingBuilder training(Vgg net, double rate) {
  return Training.of(net, photos.split(0.9, 1)).scale(jittered(64, 96)).seed(1).
      recipe(Recipe.paper().batch(32).rate(LearningRate.plateau(rate).patience(3)).epochs(epochs));
}
Evaluation test(String name, TrainingBuilder training) {
  var run = training.folder(folder + "/" + name.replace(' ', '-')).run();
  return Evaluation.of(run.best(), test).dense().scales(80).run().named("D, " + name);
}

// Fixed features and a linear SVM see the photos at the same scale; that pool4 is better than pool5 there is known beforehand.
var fixed = FeatureExtractor.of(d).layer("pool4").scales(80);
var svm = LinearSvm.of(fixed.run(photos)).run().test(fixed.run(test)).named("D, fixed pool4 and linear SVM");
var connected = test("new layers alone", training(net, 0.003).startFrom(d).freezeThrough("pool5"));
var all = training(net, 0.003).startFrom(d);
for (var layer : d.network().layers()) if (layer.name().startsWith("conv")) all.rateOf(layer.name(), 0.1); // they know something
var whole = test("all layers", all);
var scratch = test("from scratch", training(anew, 0.01));
var tests = List.of(Evaluation.commonestClass(photos, test), scratch, svm, connected, whole);
println("\n" + Tables.text(Tables.of(tests)) + "\n");
println(Tables.text(Tables.of(scratch.compareWith(whole), connected.compareWith(whole), whole.compareWith(svm))));
Charts.errors(tests).save(folder + "/fine-tuning.png");
Tables.of(tests).write().csv(folder + "/fine-tuning.csv");
println("\ntable, figure and the trained networks are in " + folder);
