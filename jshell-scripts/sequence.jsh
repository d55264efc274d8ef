// The paper's sequence in small (section 3.1): A, D from A, the next scale, jitter.
var epochs = Integer.getInteger("epochs", 12); // of each training, at most
var width = Double.parseDouble(System.getProperty("width", "0.125")); // of the networks; 1 is the paper's
var seed = Long.getLong("seed", 1); // of the split, the weights and the order of the photos
var split = Images.folder("datasets/clothing/train").split(0.9, seed);
var test = Images.folder("datasets/clothing/test");
var recipe = Recipe.paper().batch(32).epochs(epochs).rate(LearningRate.plateau(0.01).patience(4));
VggBuilder narrow(Configuration configuration) {
  return Vgg.of(configuration).classes(10).width(width).input(64);
}

// The input is 64 pixels instead of 224, so S=256, 384 and [256;512] become 73, 110 and [73;146].
var a = Training.of(narrow(A).build(), split).recipe(recipe).scale(fixed(73)).seed(seed).run();

// The deep net takes its first four convolutions and its classifier from A.
var d256 = Training.of(narrow(D).build(), split).recipe(recipe).scale(fixed(73)).seed(seed).
    startFrom(Start.shallow(a.best())).
    run();

// The next scale continues from there at a rate of 0.001; jitter then fine-tunes all layers of that net.
var d384 = Training.from(d256.best(), split).recipe(recipe.rate(0.001)).scale(fixed(110)).seed(seed).run();
var jitter = Training.from(d384.best(), split).recipe(recipe.rate(0.001)).scale(jittered(73, 146)).seed(seed).run();

// Tested as in Table 3: at Q=S, the jittered net in the middle of its scales.
var tests = List.of(
    Evaluation.of(a.best(), test).dense().scales(73).run().named("A, S=73 (paper: 256)"),
    Evaluation.of(d256.best(), test).dense().scales(73).run().named("D, S=73 (256)"),
    Evaluation.of(d384.best(), test).dense().scales(110).run().named("D, S=110 (384)"),
    Evaluation.of(jitter.best(), test).dense().scales(110).run().named("D, S=[73;146] ([256;512])"));
println("\n" + Tables.text(Tables.of(tests)) + "\n\n" + Tables.text(Tables.table3()));
