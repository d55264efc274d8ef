// PASCAL VOC: fixed features, one linear SVM per class (appendix B).
var root = System.getProperty("root", "VOCdevkit/VOC2007"); // the data set's folder
var set = System.getProperty("train", "trainval"); // the set to train on
var unseen = System.getProperty("test", "test"); // the set to test on
var weights = System.getProperty("weights", "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors").split(",");
var sides = System.getProperty("scales", "256,384,512,640,768").split(","); // Q in pixels
int[] scales = Stream.of(sides).mapToInt(Integer::parseInt).toArray();
var folder = System.getProperty("folder", "target/voc"); // for features
var task = System.getProperty("task", "main"); // main or actions
if (!task.matches("main|actions")) throw new VerydeepException("task=" + task + "; it is main or actions.");
var actions = task.equals("actions");
MultiLabelImages read(String name) {
  return actions ? MultiLabelImages.vocActions(root, name) : MultiLabelImages.voc(root, name);
}

// With two weight files, such as D's and E's, the features are stacked. Extracted features are cached.
Features features(Images images) {
  return Stream.of(weights).
      map(file -> FeatureExtractor.of(Checkpoint.read(file)).scales(scales).averaged().cache(folder).run(images)).
      reduce(Features::stackedWith).get();
}
var train = read(set);
var test = read(unseen);
println(train + "\n" + test);
var known = features(train.images());
var fresh = features(test.images());
var results = new ArrayList<MultiLabelEvaluation>();
results.add(MultiLabelSvm.of(known, train).run().test(fresh, test));
if (actions) {
  var box = known.stackedWith(features(train.boxes()));
  results.add(MultiLabelSvm.of(box, train).run().test(fresh.stackedWith(features(test.boxes())), test));
}
for (var result : results) println("\n" + result + "\n" + Tables.text(Tables.of(result)));
var table11 = PaperResults.table11().stream().filter(row -> row.data().startsWith("VOC-20")).toList();
var paper = actions ? PaperResults.table12() : table11;
println("\n" + Tables.text(Tables.beside(paper, results.toArray(MultiLabelEvaluation[]::new))));
