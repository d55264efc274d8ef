// Finds the photos most like one of yours
var photo = System.getProperty("photo", "datasets/clothing/test/dress/07cddef1.jpg"); // yours
var photos = Images.folder(System.getProperty("photos", "datasets/clothing/test")); // a folder with folders
var weights = System.getProperty("weights", "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors"); // of the network
var folder = System.getProperty("out", "target/similar"); // for features and the picture

// The features are kept, so that the next photo is found in a second.
var layer = System.getProperty("layer", "pool5"); // whose features are compared
var extractor = FeatureExtractor.of(Checkpoint.read(weights)).layer(layer).
    scales(Integer.getInteger("scale", 160)).cache(folder + "/features"); // Q in pixels
var found = extractor.run(photos).nearest(photo, Integer.getInteger("count", 11)); // photos to find
println(Tables.text(Tables.nearest(found)));
println("picture: " + Pictures.nearest(photo, found).write(folder + "/similar.png"));
