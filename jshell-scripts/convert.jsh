// Converts weights of any readable format to safetensors, for the toolkit and for Python
var from = System.getProperty("from", "datasets/vgg-d-imagenet/vgg-d-convolutions.safetensors"); // any format
var to = System.getProperty("to", "target/d.safetensors"); // the file to write
var read = Checkpoint.read(from);
println(read);
println("written: " + read.write(to));
