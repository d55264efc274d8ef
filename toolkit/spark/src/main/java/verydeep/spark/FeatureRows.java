package verydeep.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.SparkSession;
import verydeep.VerydeepException;
import verydeep.internal.jobs.PartialJob;
import verydeep.internal.jobs.PartialResult;
import verydeep.transfer.Features;

/**
 * Features as Parquet files, one for each part, complete or absent. A part that is done twice
 * replaces itself, since its file is named by its images. An executor leaves it under a hidden
 * name, which readers pass over, until the driver has checked what computed it.
 */
final class FeatureRows {

  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.INT32)
          .named("index")
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("file")
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("class")
          .optionalList()
          .requiredElement(PrimitiveTypeName.FLOAT)
          .named("features")
          .optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("unreadable")
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named("arithmetic")
          .named("features");

  private final String out;

  FeatureRows(String out) {
    this.out = out;
  }

  /**
   * What was written of a part.
   *
   * @param arithmetic what computed it; empty for a part without readable images
   * @param unreadable why images could not be read, by their index in the job
   */
  record Written(String arithmetic, SortedMap<Integer, String> unreadable) {}

  /** The name of a part's file. */
  static String name(int from, int to) {
    return String.format(Locale.ROOT, "part-%09d-%09d.parquet", from, to);
  }

  /** The name of a part's file before the driver has accepted it. */
  static String hidden(String name) {
    return "_" + name;
  }

  /**
   * Writes a part under its hidden name.
   *
   * @param folder where it has been done
   */
  Written write(PartialJob<Features> job, Path folder, int index, Order order) {
    int from = job.begin(index, order.parts());
    int to = job.begin(index + 1, order.parts());
    SortedMap<Integer, String> unreadable = new TreeMap<>();
    if (from == to) {
      return new Written("", unreadable);
    }
    PartialResult<Features> part = job.result(folder, index, order.parts());
    part.unreadable().forEach((i, reason) -> unreadable.put(from + i, reason));
    String arithmetic = part.result().map(Features::arithmetic).orElse("");
    write(
        hidden(name(from, to)),
        writer -> {
          int at = 0;
          for (int i = from; i < to; i++) {
            Group row = row(order.images(), i);
            String reason = unreadable.get(i);
            if (reason == null) {
              row.append("arithmetic", arithmetic);
              append(row.addGroup("features"), part.result().orElseThrow().vector(at++));
            } else {
              row.append("arithmetic", "").append("unreadable", reason);
            }
            writer.write(row);
          }
        });
    return new Written(arithmetic, unreadable);
  }

  /** Reads why images could not be read, by their index, from the parts that are there. */
  Map<Integer, String> unreadable(SparkSession spark) {
    Map<Integer, String> reasons = new TreeMap<>();
    spark
        .read()
        .schema("index INT, unreadable STRING")
        .parquet(out.replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0")) // it is no pattern
        .where("unreadable IS NOT NULL")
        .collectAsList()
        .forEach(row -> reasons.put(row.getInt(0), row.getString(1)));
    return reasons;
  }

  private static Group row(ImageList images, int i) {
    return new SimpleGroupFactory(SCHEMA)
        .newGroup()
        .append("index", i)
        .append("file", images.names().get(i))
        .append("class", images.classes().get(images.labels().get(i)));
  }

  private static void append(Group list, float[] vector) {
    for (float number : vector) {
      list.addGroup("list").append("element", number);
    }
  }

  /** What writes rows. */
  private interface Content {
    void write(ParquetWriter<Group> writer) throws IOException;
  }

  private void write(String name, Content content) {
    var file = new org.apache.hadoop.fs.Path(out, name);
    var half = new org.apache.hadoop.fs.Path(out, "_half-" + UUID.randomUUID());
    Configuration settings = HadoopFiles.settings();
    try {
      FileSystem files = file.getFileSystem(settings);
      try {
        try (ParquetWriter<Group> writer =
            ExampleParquetWriter.builder(half)
                .withConf(settings)
                .withType(SCHEMA)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
          content.write(writer);
        }
        SharedFolder.replace(files, half, file);
      } finally {
        files.delete(half, false);
      }
    } catch (IOException e) {
      throw new VerydeepException(
          "The part %s cannot be written to %s from the machine %s: %s"
              .formatted(name, out, Machine.name(), e),
          e);
    }
  }
}
