package verydeep.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import verydeep.FileException;
import verydeep.internal.files.Safetensors;
import verydeep.network.Tensor;

/** A file that is no weights, or not those of a VGG, is told as what it is. */
class ForeignFilesTest {

  private static final String POINTER =
      """
      version https://git-lfs.github.com/spec/v1
      oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
      size 553433881
      """;

  @TempDir Path folder;

  private void told(byte[] content, String... parts) throws IOException {
    Path file = Files.write(folder.resolve("vgg16.pth"), content);
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(file + ": at byte ")
        .hasMessageContainingAll(parts);
  }

  private void told(String content, String... parts) throws IOException {
    told(content.getBytes(StandardCharsets.UTF_8), parts);
  }

  @Test
  void aPointerOfGitLfsSaysHowToFetchTheFile() throws IOException {
    told(POINTER, "pointer of Git LFS to a file of 553433881 bytes", "git lfs pull");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html>\n<html lang=\"en\">",
        "<html><head><title>404</title>",
        "\n  <!doctype HTML>",
        "<!-- mirror --><html>",
        "\ufeff<!DOCTYPE html>"
      })
  void aWebPageIsToldAsOne(String page) throws IOException {
    told(page, "This is a web page", "Download the file again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"error\": \"Repository not found\"}; This is JSON",
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>; This is XML",
        "epoch,loss 1,0.5; This is text"
      })
  void textIsToldAsText(String content, String what) throws IOException {
    told(content, what);
  }

  @Test
  void aTarArchiveNamesItsFirstFile() throws IOException {
    byte[] tar = new byte[1024];
    System.arraycopy("vgg16.caffemodel".getBytes(StandardCharsets.UTF_8), 0, tar, 0, 16);
    System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tar, 257, 5);
    told(tar, "tar archive that begins with vgg16.caffemodel", "Unpack it");
  }

  @Test
  void aPackedFileSaysWithWhat() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[99]);
    }
    told(packed.toByteArray(), "packed with gzip");
  }

  @Test
  void aZipArchiveNamesWhatItHolds() throws IOException {
    ZipWriter zip = new ZipWriter();
    zip.add("models/vgg16.caffemodel", new byte[9]);
    told(zip.write(), "a zip archive of models/vgg16.caffemodel", "Unpack it");
    zip.entries.clear();
    zip.add("photo.jpg", new byte[9]);
    told(zip.write(), "a zip archive of photo.jpg", "none of PyTorch, Keras and NumPy");
  }

  @Test
  void anEmptyFileAndOneOfNoKnownKind() throws IOException {
    told("", "The file is empty");
    told(new byte[] {1, 2, 3, 4, 5}, "match none of the formats", ".npz, ONNX");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A.safetensors", "A.zip.pth", "A.legacy.pth", "A.h5", "A.v1.caffemodel"})
  void halfADownloadIsToldAsCutOff(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FormatGoldens.file(name));
    Path file = Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageMatching("(?s).*(incomplete|cut off).*");
  }

  @Test
  void aFolderAndAFileThatIsNotThereAreTold() {
    assertThatThrownBy(() -> Checkpoint.read(folder))
        .isInstanceOf(FileException.class)
        .hasMessage(folder + ": It is a folder. Name a file in it.");
    Path none = folder.resolve("none.pth");
    assertThatThrownBy(() -> Checkpoint.read(none))
        .isInstanceOf(FileException.class)
        .hasMessage(none + ": There is no such file.");
  }

  @Test
  void aPickleThatWouldRunAProgramIsNamed() throws IOException {
    byte[] call =
        new Octets()
            .text("cos\nsystem\n")
            .put('(')
            .text("X")
            .u32(2)
            .text("ls")
            .put('t', 'R', '0')
            .toBytes();
    told(
        new HostileTorchZip().around(PickleWriter.program(call, PickleWriter.views())),
        "The file names os.system",
        "would run a program");
  }

  private String refusal(Map<String, List<Integer>> shapes) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach(
        (name, sizes) ->
            tensors.put(
                name, Tensor.of(sizes, new float[sizes.stream().reduce(1, (a, b) -> a * b)])));
    Path file = folder.resolve("other.safetensors");
    new Safetensors(Map.of(), tensors).write(file);
    try {
      return Checkpoint.read(file).toString();
    } catch (FileException e) {
      return e.getMessage();
    }
  }

  @Test
  void anotherNetworkIsToldByItsLayersWithoutAGuess() {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    shapes.put("conv1.weight", List.of(2, 3, 1, 1));
    shapes.put("layer1.0.conv1.weight", List.of(1));
    shapes.put("layer1.0.conv1.bias", List.of(1));
    assertThat(refusal(shapes))
        .contains("not the weights of a VGG", "has the layers conv1, layer1.0.conv1.")
        .contains("None is the first layer of a network: conv1_1, block1_conv1")
        .doesNotContain("nearest");
  }

  @Test
  void aNetworkThatIsNearlyOneLacksWhatIsNamed() {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>(Hostile.shapes(Naming.TORCHVISION));
    shapes.remove("features.6.weight");
    shapes.remove("features.6.bias");
    assertThat(refusal(shapes))
        .contains("The nearest network is A with torchvision's names")
        .contains("the file lacks its features.6.weight, features.6.bias.");
    shapes = new LinkedHashMap<>(Hostile.shapes(Naming.AUTHORS));
    shapes.put("conv5_3.weight", List.of(8, 8, 5, 5));
    assertThat(refusal(shapes))
        .contains("lacks none of its tensors, and has besides conv5_3.weight");
  }
}
