package verydeep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Text;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.evaluation.Evaluation;
import verydeep.evaluation.EvaluationBuilder;
import verydeep.transfer.FeatureExtractor;
import verydeep.transfer.Features;

/** Images in Parquet, in sequence files and found by a pattern give the bits that files give. */
@Timeout(300)
class StoredImagesTest {

  private static final int IMAGES = 70;
  private static final StructType NAME_AND_CONTENT =
      new StructType().add("name", DataTypes.StringType).add("content", DataTypes.BinaryType);

  @TempDir static Path root;

  /** With what URIs encode. */
  private Path folder;

  private static Images images;

  @BeforeAll
  static void draw() {
    images = Sample.images(root, IMAGES);
  }

  @BeforeEach
  void folder(@TempDir Path any) throws IOException {
    folder = Files.createDirectory(any.resolve("a folder, 50% + more"));
  }

  /** The files by the last two parts of their paths, such as {@code a/000.png}. */
  private static Map<String, byte[]> content() {
    Map<String, byte[]> content = new LinkedHashMap<>();
    for (int i = 0; i < images.size(); i++) {
      content.put(root.relativize(images.file(i)).toString(), images.bytes(i));
    }
    return content;
  }

  private StoredImages parquet(List<Row> rows, int files, int rowGroup) {
    String path = folder.resolve("table").toString();
    Sample.spark()
        .createDataFrame(rows, NAME_AND_CONTENT)
        .repartitionByRange(files, org.apache.spark.sql.functions.col("name"))
        .write()
        .option("parquet.block.size", rowGroup)
        .parquet(path);
    return StoredImages.parquet(Sample.spark(), path, "name", "content");
  }

  private static List<Row> rows(Map<String, byte[]> content) {
    List<Row> rows = new ArrayList<>();
    content.forEach((name, bytes) -> rows.add(RowFactory.create(name, bytes)));
    return rows;
  }

  private StoredImages sequence(Map<String, byte[]> content, CompressionType compression)
      throws IOException {
    Path file = folder.resolve("images.seq");
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            new Configuration(),
            SequenceFile.Writer.file(new org.apache.hadoop.fs.Path(file.toUri())),
            SequenceFile.Writer.keyClass(Text.class),
            SequenceFile.Writer.valueClass(BytesWritable.class),
            SequenceFile.Writer.compression(compression))) {
      for (Map.Entry<String, byte[]> one : content.entrySet()) {
        writer.append(new Text(one.getKey()), new BytesWritable(one.getValue()));
      }
    }
    return StoredImages.sequenceFiles(Sample.spark(), folder.toString());
  }

  private static void sameBits(StoredImages stored) {
    FeatureExtractor extractor =
        FeatureExtractor.of(Sample.network(1))
            .layer("pool4")
            .scales(32)
            .arithmetic(Arithmetic.EXACT)
            .quiet();
    Features expected = extractor.run(images);
    Features found =
        Sample.cluster()
            .reading(stored)
            .imagesOfPart(32)
            .features(extractor, stored.images())
            .run();

    assertThat(stored.images().classes()).isEqualTo(images.classes());
    assertThat(stored.images().fingerprint()).isEqualTo(images.fingerprint());
    assertThat(found.size()).isEqualTo(IMAGES);
    for (int i = 0; i < IMAGES; i++) {
      assertThat(found.vector(i)).isEqualTo(expected.vector(i));
      assertThat(found.label(i)).isEqualTo(expected.label(i));
    }
  }

  @Test
  void aPatternFindsFiles() throws IOException {
    Files.writeString(root.resolve("a/_notes"), "hidden");

    sameBits(StoredImages.glob(Sample.spark(), root + "/{a,b,c}/*"));
  }

  @ParameterizedTest
  @CsvSource({"1,134217728", "3,20000"})
  void rowsOfParquetHaveTheBitsOfFiles(int files, int rowGroup) {
    sameBits(parquet(rows(content()), files, rowGroup));
  }

  @Test
  void whatBinaryFileHasReadIsParquetToo() {
    String path = folder.resolve("table").toString();
    Sample.spark().read().format("binaryFile").load(root + "/[abc]/*.png").write().parquet(path);
    StoredImages stored = StoredImages.parquet(Sample.spark(), path, "path", "content");

    assertThat(stored.size()).isEqualTo(IMAGES);
    assertThat(stored.names()).allMatch(name -> name.startsWith("file:/"));
    assertThat(stored.images().image(1)).isEqualTo(stored.images().image(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "RECORD"})
  void recordsOfSequenceFilesHaveTheBitsOfFiles(CompressionType compression) throws IOException {
    sameBits(sequence(content(), compression));
  }

  @Test
  void aTestOfStoredImagesHasTheBitsOfFiles() throws IOException {
    StoredImages stored = sequence(content(), CompressionType.NONE);
    Evaluation found = Sample.cluster().reading(stored).imagesOfPart(32).run(test(stored.images()));
    Evaluation expected = test(images).run();

    assertThat(found.errors()).isEqualTo(expected.errors());
    for (int i = 0; i < IMAGES; i++) {
      for (int k = 0; k < 3; k++) {
        assertThat(found.predictions().get(i).score(k))
            .isEqualTo(expected.predictions().get(i).score(k));
      }
    }
  }

  private static EvaluationBuilder test(Images of) {
    return Evaluation.of(Sample.network(1), of).scales(32).arithmetic(Arithmetic.EXACT).quiet();
  }

  @Test
  void rowsAreReadInAnyOrder() throws IOException {
    StoredImages stored = parquet(rows(content()), 1, 20000);
    for (int i : new int[] {69, 0, 35, 34, 2, 68, 1}) {
      assertThat(stored.read(stored.names().get(i))).isEqualTo(images.bytes(i));
    }
    assertThat(stored.read("a/999.png")).isNull();
  }

  private static Map<String, byte[]> damaged(byte[] empty) {
    Map<String, byte[]> content = content();
    content.put("b/004.png", new byte[0]);
    content.put("c/065.png", empty);
    content.put("a/066.png", new byte[] {'n', 'o'});
    return content;
  }

  @Test
  void damagedRowsAreListedWithTheirReason() {
    StoredImages stored = parquet(rows(damaged(null)), 2, 134217728);
    String out = folder.resolve("features").toString();
    FeatureTable table =
        Sample.cluster()
            .reading(stored)
            .features(
                FeatureExtractor.of(Sample.network(1)).layer("pool3").scales(32).quiet(),
                stored.images())
            .parquet(out);
    Map<String, String> reasons = new LinkedHashMap<>();
    Sample.spark()
        .read()
        .parquet(out)
        .where("unreadable is not null")
        .orderBy("index")
        .collectAsList()
        .forEach(row -> reasons.put(row.getAs("file"), row.getAs("unreadable")));

    assertThat(table.images()).isEqualTo(IMAGES);
    assertThat(reasons).containsOnlyKeys("a/066.png", "b/004.png", "c/065.png");
    assertThat(reasons.get("c/065.png")).isEqualTo("Its row has nothing in the column content.");
    assertThat(reasons.values()).allMatch(reason -> reason.endsWith("."));
  }

  @Test
  void damagedRecordsAreListedWithTheirReason() throws IOException {
    StoredImages stored = sequence(damaged(new byte[0]), CompressionType.RECORD);

    assertThat(Sample.cluster().reading(stored).colors(stored.images()).skipped()).hasSize(3);
  }

  @Test
  void missingColumnsAndOtherTypesAreNamed() {
    parquet(rows(content()), 1, 134217728);
    String path = folder.resolve("table").toString();

    refused(
        () -> StoredImages.parquet(Sample.spark(), path, "file", "content"),
        "The column file of " + path,
        "string",
        "name:string");
    refused(() -> StoredImages.parquet(Sample.spark(), path, "name", "name"), "binary");
    refused(() -> StoredImages.parquet(Sample.spark(), path + "-gone", "a", "b"), "-gone");
    refused(() -> StoredImages.glob(Sample.spark(), path + "-gone/*"), "-gone");
    refused(() -> StoredImages.sequenceFiles(Sample.spark(), path + "-gone"), "-gone");
  }

  @Test
  void namesThatAreNoneAreRefused() throws IOException {
    byte[] any = {1};
    List<Row> nothing = new ArrayList<>();
    nothing.add(RowFactory.create(null, any));
    refused(() -> parquet(nothing, 1, 134217728), "The image at 0 in file:", "has no name");
    folder = folder.resolve("2");
    List<Row> twice = List.of(RowFactory.create("a/1", any), RowFactory.create("a/1", any));
    refused(() -> parquet(twice, 1, 134217728), "another one has, a/1");
    folder = folder.resolve("3");
    List<Row> huge = List.of(RowFactory.create("x".repeat(1_000_000), any));
    refused(() -> parquet(huge, 1, 134217728), "more than 4,096 characters");
    Files.createDirectories(folder);
    refused(() -> sequence(Map.of("x".repeat(100_000), any), CompressionType.NONE), "has a key");
    refused(() -> sequence(Map.of("", any), CompressionType.NONE), "has no name");
    StoredImages plain = sequence(Map.of("1.png", any), CompressionType.NONE);
    refused(plain::images, "The image 1.png has no folder");
  }

  @Test
  void sequenceFilesOfOtherKindsAreRefused() throws IOException {
    refused(() -> sequence(content(), CompressionType.BLOCK), "by block", "CompressionType.NONE");
    Files.write(
        folder.resolve("images.seq"), "SEQ no sequence file".getBytes(StandardCharsets.UTF_8));
    refused(() -> StoredImages.sequenceFiles(Sample.spark(), folder.toString()), "images.seq");
  }

  @Test
  void noCutOrChangedSequenceFileGivesAnotherErrorOrMemory() throws IOException {
    byte[] whole = sequenceOfTwo();
    Path file = folder.resolve("images.seq");
    for (int i = 0; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= (byte) 0xff;
      for (byte[] hostile : List.of(changed, Arrays.copyOf(whole, i))) {
        Files.write(file, hostile);
        Files.deleteIfExists(folder.resolve(".images.seq.crc"));
        SequenceIndex index = SequenceIndex.of(file.toUri().toString());
        for (int k = 0; k < index.names().size(); k++) {
          try (SequenceRecords records = new SequenceRecords(index.file())) {
            assertThat(records.content(index.at().get(k))).hasSizeLessThan(whole.length);
          } catch (IOException e) {
            assertThat(e.getMessage()).isNotNull();
          }
        }
      }
    }
  }

  private byte[] sequenceOfTwo() throws IOException {
    sequence(Map.of("a/1", new byte[] {1, 2}, "a/2", new byte[] {3}), CompressionType.NONE);
    return Files.readAllBytes(folder.resolve("images.seq"));
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).isInstanceOf(VerydeepException.class).hasMessageContainingAll(parts);
  }
}
