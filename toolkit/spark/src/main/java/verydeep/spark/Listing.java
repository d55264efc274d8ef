package verydeep.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import verydeep.VerydeepException;

/** Finds stored images and their places; executors read what must be read. */
final class Listing {

  /** A longer name is no name, but bytes in the wrong column. */
  static final int MOST_CHARACTERS = 4096;

  private final String where;
  private final List<String> names = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final List<Integer> file = new ArrayList<>();
  private final List<Long> at = new ArrayList<>();
  private final Set<String> different = new HashSet<>();

  private Listing(String where) {
    this.where = where;
  }

  static StoredImages files(SparkSession spark, String pattern) {
    List<String> found =
        called(
            pattern,
            () ->
                spark
                    .read()
                    .format("binaryFile")
                    .load(pattern)
                    .select("path")
                    .collectAsList()
                    .stream()
                    .map(row -> row.getString(0))
                    .sorted()
                    .toList());
    if (found.isEmpty()) {
      throw none(pattern);
    }
    return new StoredImages(found, new ImagePlaces.OfFiles(pattern));
  }

  static StoredImages rows(SparkSession spark, String path, String name, String content) {
    Listing listing = new Listing(path);
    List<Row> rows =
        called(
            path,
            () -> {
              Dataset<Row> table = spark.read().parquet(path);
              Column names = column(table, path, name, DataTypes.StringType.typeName());
              column(table, path, content, DataTypes.BinaryType.typeName());
              return table
                  .select(
                      functions.substring(names, 1, MOST_CHARACTERS + 1),
                      functions.col("_metadata.file_path").as("file"),
                      functions.col("_metadata.row_index").as("row"))
                  .orderBy("file", "row")
                  .collectAsList();
            });
    for (Row row : rows) {
      listing.add(row.getString(0), row.getString(1), row.getLong(2));
    }
    return listing.images(new ImagePlaces.OfRows(path, content, listing.places()));
  }

  private static Column column(Dataset<Row> table, String path, String name, String type) {
    StructType schema = table.schema();
    boolean there = List.of(schema.fieldNames()).contains(name);
    String found = there ? schema.apply(name).dataType().typeName() : "";
    if (!found.equals(type)) {
      throw new VerydeepException(
          "The column %s of %s must be there and of the type %s. There are: %s."
              .formatted(name, path, type, schema.simpleString()));
    }
    return table.col("`" + name.replace("`", "``") + "`");
  }

  static StoredImages records(SparkSession spark, String path) {
    Listing listing = new Listing(path);
    List<String> files = called(path, () -> sequenceFiles(path));
    if (files.isEmpty()) {
      throw none(path);
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<SequenceIndex> all =
        called(
            path, () -> context.parallelize(files, files.size()).map(SequenceIndex::of).collect());
    for (SequenceIndex one : all) {
      if (!one.failure().isEmpty()) {
        throw new VerydeepException(one.failure());
      }
      for (int i = 0; i < one.names().size(); i++) {
        listing.add(one.names().get(i), one.file(), one.at().get(i));
      }
    }
    return listing.images(new ImagePlaces.OfRecords(path, listing.places()));
  }

  private static List<String> sequenceFiles(String pattern) throws IOException {
    Path path = new Path(pattern);
    FileSystem system = HadoopFiles.of(path);
    List<Path> found = new ArrayList<>();
    FileStatus[] matching = system.globStatus(path);
    for (FileStatus one : matching == null ? new FileStatus[0] : matching) {
      Stream.of(one.isDirectory() ? system.listStatus(one.getPath()) : new FileStatus[] {one})
          .filter(FileStatus::isFile)
          .map(FileStatus::getPath)
          .filter(file -> !file.getName().startsWith("_") && !file.getName().startsWith("."))
          .forEach(found::add);
    }
    return found.stream().sorted(Comparator.naturalOrder()).map(Path::toString).toList();
  }

  private void add(String name, String fileOfIt, long place) {
    if (files.isEmpty() || !files.get(files.size() - 1).equals(fileOfIt)) {
      files.add(fileOfIt);
    }
    String fault = fault(name);
    if (!fault.isEmpty()) {
      throw new VerydeepException(
          "The image at %,d in %s %s; names must be there, short, and all different."
              .formatted(place, fileOfIt, fault));
    }
    names.add(name);
    file.add(files.size() - 1);
    at.add(place);
  }

  /** What is wrong with a name; empty if it is right, and taken from now on. */
  private String fault(String name) {
    if (name == null || name.isEmpty()) {
      return "has no name";
    }
    if (name.length() > MOST_CHARACTERS) {
      return "has a name of more than 4,096 characters, which begins " + shown(name);
    }
    return different.add(name) ? "" : "has a name that another one has, " + shown(name);
  }

  private static String shown(String name) {
    return name.length() <= 80 ? name : name.substring(0, 80) + "…";
  }

  private FilePlaces places() {
    return new FilePlaces(files, file, at);
  }

  private StoredImages images(ImagePlaces places) {
    if (names.isEmpty()) {
      throw none(where);
    }
    return new StoredImages(names, places);
  }

  private static VerydeepException none(String where) {
    return new VerydeepException("There are no images in " + where + ".");
  }

  /** What Spark or Hadoop do. */
  private interface Call<T> {
    T done() throws Exception;
  }

  /** Spark throws checked exceptions that it does not declare. */
  private static <T> T called(String where, Call<T> call) {
    try {
      return call.done();
    } catch (VerydeepException e) {
      throw e;
    } catch (Exception e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new VerydeepException("%s cannot be read: %s".formatted(where, message), e);
    }
  }
}
