package verydeep.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
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
import verydeep.VerydeepException;
import verydeep.internal.jobs.PartialJob;
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

  /** The image of a row. */
  record Row(int index, String file, String className) implements Serializable {}

  /** The name of a part's file. */
  static String name(int from, int to) {
    return "part-%09d-%09d.parquet".formatted(from, to);
  }

  /** The name of a part's file before the driver has accepted it. */
  static String hidden(String name) {
    return "_" + name;
  }

  /**
   * Writes a part under its hidden name.
   *
   * @param folder where it has been done
   * @param rows what else the rows say, one for each image of the job
   * @return what computed it; empty for a part without images
   */
  String write(PartialJob<?> job, Path folder, int index, List<Row> rows, int parts) {
    int from = job.begin(index, parts);
    int to = job.begin(index + 1, parts);
    if (from == to) {
      return "";
    }
    Features features = (Features) job.result(folder, index, parts);
    write(
        hidden(name(from, to)),
        writer -> {
          for (int i = 0; i < features.size(); i++) {
            Group row = row(rows.get(from + i), features.arithmetic());
            Group list = row.addGroup("features");
            for (float number : features.vector(i)) {
              list.addGroup("list").append("element", number);
            }
            writer.write(row);
          }
        });
    return features.arithmetic();
  }

  /** Writes the rows of images that could not be read. */
  void writeUnreadable(List<Row> rows, List<String> reasons) {
    write(
        "unreadable.parquet",
        writer -> {
          for (int i = 0; i < rows.size(); i++) {
            writer.write(row(rows.get(i), "").append("unreadable", reasons.get(i)));
          }
        });
  }

  private static Group row(Row image, String arithmetic) {
    return new SimpleGroupFactory(SCHEMA)
        .newGroup()
        .append("index", image.index())
        .append("file", image.file())
        .append("class", image.className())
        .append("arithmetic", arithmetic);
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
