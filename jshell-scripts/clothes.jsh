// The main job: from photos of clothes to a trained and tested VGG.
var epochs = Integer.getInteger("epochs", 24); // at most
var seed = Long.getLong("seed", 1); // of the split, the weights and the order of the photos
var photos = Images.folder("datasets/clothing/train");
var test = Images.folder("datasets/clothing/test");

// A narrow net A from scratch, with a smaller version of the paper's recipe (section 3).
var net = Vgg.of(A).classes(10).width(0.25).input(64).build();
var run = Training.of(net, photos.split(0.9, seed)).
    recipe(Recipe.paper().batch(32).rate(LearningRate.plateau(0.01).patience(3)).epochs(epochs)).
    scale(jittered(64, 96)).
    seed(seed).
    writeBest("target/clothes/net-a.safetensors").
    run();
println(run);

// Tested with a center crop, densely, and densely at three scales (section 3.2).
var crop = Evaluation.of(run.best(), test).centerCrop().run();
var dense64 = Evaluation.of(run.best(), test).dense().scales(64).run();
var dense80 = Evaluation.of(run.best(), test).dense().scales(80).run();
var dense96 = Evaluation.of(run.best(), test).dense().scales(96).run();
var threeScales = Evaluation.of(run.best(), test).dense().scales(64, 80, 96).run();

// The real D, trained on ImageNet, as fixed features (appendix B). At 80 pixels pool5 is only 2x3, so pool4.
var d = Checkpoint.read("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
var features = FeatureExtractor.of(d).layer("pool4").scales(80).flipped(false);
var svm = LinearSvm.of(features.run(photos)).run().test(features.run(test)).
    named("linear SVM, pool4 of D");

println();
println(Tables.text(Tables.of(Evaluation.majorityClass(photos, test), crop, dense80, threeScales, svm)));
Charts.learningCurves(run).write("target/clothes/learning-curves.png");
Charts.errorsByScale(dense64, dense80, dense96, threeScales).write("target/clothes/errors-by-scale.png");
Charts.errors(crop, dense80, threeScales, svm).write("target/clothes/errors.png");
Charts.confusion(svm).write("target/clothes/confusion.png");
Pictures.sheet(svm, 15).write("target/clothes/predictions.png");
println("\ncharts and the trained network are in target/clothes");
