// The networks of the paper's Tables 1 and 2, and one of them layer by layer
var asked = Configuration.of(System.getProperty("network", "D")); // A, A-LRN, B, C, D, E or B-5x5
println(Tables.text(Tables.table1()));
println();
println(Tables.text(Tables.table2()));
println();
println(Tables.text(Tables.of(Vgg.of(asked).build())));
