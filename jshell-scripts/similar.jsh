// Finds the photos most like one of yours: photo=file photos=folder, a folder a class. count=11
var photo = System.getProperty("photo", "datasets/clothing/test/dress/07cddef1.jpg");
var photos = Images.folder(System.getProperty("photos", "datasets/clothing/test"));
var weights = System.getProperty("weights", "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
var folder = System.getProperty("out", "target/similar");

// The features are kept, so that the next photo is found in a second.
var extractor = FeatureExtractor.of(Checkpoint.read(weights)).layer(System.getProperty("layer", "pool5")).
    scales(Integer.getInteger("scale", 160)).cache(folder + "/features");
var found = extractor.run(photos).nearest(photo, Integer.getInteger("count", 11));
println(Tables.text(Tables.nearest(found)));
println("picture: " + Pictures.nearest(photo, found).write(folder + "/similar.png"));
