// The networks of the paper's Tables 1 and 2, and one of them layer by layer: network=D
var asked = System.getProperty("network", "D");
println(Tables.text(Tables.table1()));
println();
println(Tables.text(Tables.table2()));
println();
println(Tables.text(Tables.of(Vgg.of(Configuration.valueOf(asked)).build())));
