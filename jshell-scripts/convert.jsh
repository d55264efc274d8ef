// Converts weights of any readable format to safetensors: from=vgg16.pth to=target/d.safetensors
var from = System.getProperty("from", "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors");
var to = System.getProperty("to", "target/d.safetensors");
var read = Checkpoint.read(from);
println(read);
println("written: " + read.write(to));
