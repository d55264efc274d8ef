// Classifies photos
var model = System.getProperty("model", "target/learned/svm.safetensors"); // a file, or a name of Pretrained
var photos = ImageFiles.in(System.getProperty("photos", "datasets/clothing/test")); // a file, or a folder of any depth
var folder = System.getProperty("out", "target/predicted"); // for answers and pictures

var published = Pretrained.all().stream().anyMatch(one -> one.name().equals(model));
var classifier = published ? Pretrained.of(model).load().classifier().open() : Classifier.read(model);
println(photos + "\n" + classifier + "\n");
if (photos.size() == 1) {
  // One photo: its best classes, and a picture of them.
  var answer = classifier.classify(photos.file(0));
  println(Tables.text(Tables.of(answer)));
  println("picture: " + Pictures.of(answer).write(folder + "/answer.png"));
} else {
  // A folder: a run that was stopped goes on, and what cannot be read is listed.
  var top = Math.min(Integer.getInteger("top", 5), classifier.classNames().size()); // classes for each photo
  var answers = ClassifiedImages.of(classifier, photos).top(top).folder(folder + "/work").run();
  println(answers);
  println("\nthe most certain:");
  answers.mostCertainFirst().images().stream().limit(10).forEach(image -> println("  " + image));
  Tables.of(answers.mostCertainFirst()).write().csv(folder + "/answers.csv");
  Pictures.sheet(answers.leastCertainFirst(), 18).write(folder + "/least-certain.png");
  println("all answers: " + folder + "/answers.csv; those worth a look: " + folder + "/least-certain.png");
}
