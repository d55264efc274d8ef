// The networks of the paper's Tables 1 and 2, and one of them layer by layer: network=D
var asked = System.getProperty("network", "D");
println(Tables.text(Tables.configurations()));
println();
println(Tables.text(Tables.parameters()));
println();
println(Tables.text(Tables.of(Vgg.of(Configuration.valueOf(asked)).build())));
