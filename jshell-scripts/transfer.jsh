// How D's features transfer to clothes, by layer and scale (appendix B).
import verydeep.experiments.*;
var scales = System.getProperty("scales", "128,160,192"); // Q in pixels
var folder = System.getProperty("folder", "target/transfer"); // for features, tables and the chart
var all = Images.folder("datasets/clothing/train");
var photos = all.take(Integer.getInteger("photos", all.size()), 1); // to train on: all unless given
var test = Images.folder("datasets/clothing/test");
var command = "jshell-scripts/run transfer scales=%s photos=%d".formatted(scales, photos.size());
var tests = new ArrayList<LayerResult>();

// The released convolutions, and the same network with random weights. Extracted features are cached.
var d = Checkpoint.read("datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
Checkpoint random(long seed) {
  return Checkpoint.of(Parameters.initial(d.network(), seed), List.of(), d.preprocessing(), Provenance.unknown());
}
int[] sides = Stream.of(scales.split(",")).mapToInt(Integer::parseInt).toArray();
FeatureExtractor extractor(Checkpoint net, int... q) {
  return FeatureExtractor.of(net).scales(q).cache(folder + "/features");
}

// All layers from one pass, a linear SVM on each.
List<LayerResult> transfer(String weights, FeatureExtractor extractor) {
  var own = LayerResults.of(weights, extractor, photos, test, command);
  tests.addAll(own);
  LayerResults.write(tests, folder + "/transfer.csv");
  return own;
}
var stacked = transfer("D of ImageNet", extractor(d, sides));
transfer("D of ImageNet", extractor(d, sides).averaged());
var middle = sides[sides.length / 2];
var one = transfer("D of ImageNet", extractor(d, middle));
for (int q : sides) if (q != middle) transfer("D of ImageNet", extractor(d, q));
var none = transfer("D with random weights", extractor(random(1), middle));
for (long seed = 2; seed <= Integer.getInteger("seeds", 1); seed++) { // of networks with random weights
  transfer("D with random weights, seed " + seed, extractor(random(seed), middle));
}
println(Tables.text(LayerResults.table(tests)));
LayerResults.chart(Stream.of(stacked, one, none).flatMap(List::stream).toList()).write(folder + "/transfer.png");
println("\nall tests are in " + folder + "/transfer.csv, with the figure next to it");
