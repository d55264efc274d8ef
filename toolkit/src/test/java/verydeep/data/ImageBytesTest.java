package verydeep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import verydeep.VerydeepException;
import verydeep.drawn.DrawnBoxes;
import verydeep.drawn.DrawnImages;

/** Images whose content comes by name. */
class ImageBytesTest {

  @TempDir Path root;
  private Images onDisk;
  private final Map<String, byte[]> store = new HashMap<>();

  @BeforeEach
  void draw() {
    onDisk = DrawnImages.noise(root.resolve("noise"), 1, 30, 20, 25, 35, 22, 22, 40, 21);
    for (int i = 0; i < onDisk.size(); i++) {
      store.put(onDisk.name(i), onDisk.bytes(i));
    }
  }

  @Test
  void theyAreUsedLikeThoseOnDisk() {
    Images stored = onDisk.from(store::get);
    assertThat(stored.fingerprint()).isEqualTo(onDisk.fingerprint());
    assertThat(stored.classes()).isEqualTo(onDisk.classes());
    for (int i = 0; i < onDisk.size(); i++) {
      assertThat(stored.image(i)).isEqualTo(onDisk.image(i));
      assertThat(stored.bytes(i)).isEqualTo(onDisk.bytes(i));
      assertThat(stored.file(i)).hasToString(onDisk.name(i));
      assertThat(RgbImage.read(stored.file(i))).isEqualTo(onDisk.image(i));
      assertThat(stored.label(i)).isEqualTo(onDisk.label(i));
    }
    assertThat(stored.subset(2, 0).image(1)).isEqualTo(onDisk.image(0));
    List<BoundingBox> boxes = IntStream.range(0, 4).mapToObj(i -> box()).toList();
    assertThat(stored.cutOut(boxes).image(3)).isEqualTo(onDisk.cutOut(boxes).image(3));
    assertThat(onDisk.cutOut(boxes).from(store::get).image(3))
        .isEqualTo(onDisk.cutOut(boxes).image(3));
  }

  private static BoundingBox box() {
    return new BoundingBox(2, 3, 12, 14);
  }

  @Test
  void namesAreWhateverTheSourceUnderstands() {
    byte[] png = onDisk.bytes(0);
    String uri = "hdfs://host:8020/photos/a b\u00e9.png";
    Images images = Images.of(List.of("x", "y"), List.of(uri, "17"), new int[] {1, 0}, n -> png);
    assertThat(images.name(0)).isEqualTo(uri);
    assertThat(images.file(0)).hasToString(uri);
    assertThat(images.file(0).getFileName()).hasToString("a b\u00e9.png");
    assertThat(images.image(1)).isEqualTo(onDisk.image(0));
    assertThat(images.label(0)).isEqualTo(1);
    assertThat(images.fingerprint())
        .isEqualTo(
            Images.of(
                    List.of("x", "y"),
                    List.of("a b\u00e9.png", "elsewhere/17"),
                    new int[] {1, 0},
                    n -> png)
                .fingerprint());
    assertThat(Images.of(List.of("x"), List.of("a\0b"), new int[1], n -> png).file(0))
        .hasToString("a\0b");
  }

  @Test
  void unreadableContentIsReportedByName() {
    store.put(onDisk.name(0), new byte[] {1, 2, 3});
    store.remove(onDisk.name(1));
    Images stored =
        onDisk.from(
            name -> {
              if (name.endsWith("002.png")) {
                throw new NoSuchFileException(name);
              }
              return store.get(name);
            });
    for (int i : new int[] {0, 1, 3}) {
      assertThatThrownBy(() -> stored.image(i))
          .isInstanceOf(UnreadableImageException.class)
          .hasMessageStartingWith("Unreadable image " + onDisk.name(i) + ": ")
          .hasMessageEndingWith(".");
    }
    assertThatThrownBy(stored::skippingUnreadable)
        .isInstanceOf(VerydeepException.class)
        .hasMessageContaining("The class a has no readable image");
    Images some =
        Images.of(
            List.of("a"),
            List.of("good", "bad", "none"),
            new int[3],
            name ->
                name.equals("good") ? onDisk.bytes(3) : name.equals("bad") ? new byte[9] : null);
    assertThat(some.skippingUnreadable().size()).isEqualTo(1);
    assertThat(some.skippingUnreadable().skipped())
        .extracting(skipped -> skipped.file().toString())
        .containsExactly("bad", "none");
    assertThat(some.skippingUnreadable().skipped().get(1).reason())
        .isEqualTo("Its source has no such file.");
  }

  @Test
  void aSourceThatFailsEndsTheWorkAndIsNotSkipped() {
    Images stored =
        onDisk.from(
            name -> {
              throw new IllegalStateException("the connection is lost");
            });
    assertThatThrownBy(stored::skippingUnreadable)
        .isInstanceOf(VerydeepException.class)
        .isNotInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("The source of ")
        .hasMessageContaining("the connection is lost");
  }

  @Test
  void anInterruptedReadIsNoDamagedImage() {
    Images stored =
        onDisk.from(
            name -> {
              throw new InterruptedIOException("interrupted");
            });
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> stored.image(0)).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThatThrownBy(() -> stored.image(0)).isInstanceOf(UnreadableImageException.class);
  }

  @Test
  void filesWithoutLabelsComeByNameToo() {
    ImageFiles files = ImageFiles.of(onDisk);
    ImageFiles stored = files.from(store::get);
    assertThat(stored.fingerprint()).isEqualTo(files.fingerprint());
    assertThat(stored.image(2)).isEqualTo(onDisk.image(2));
    ImageFiles named = ImageFiles.of(List.of("one", "two"), name -> onDisk.bytes(0));
    assertThat(named.size()).isEqualTo(2);
    assertThat(named.name(1)).isEqualTo("two");
    assertThat(named.image(1)).isEqualTo(onDisk.image(0));
    assertThat(ImageFiles.of(onDisk.from(store::get)).image(1)).isEqualTo(onDisk.image(1));
    assertThatThrownBy(() -> ImageFiles.of(List.of(), name -> null))
        .isInstanceOf(VerydeepException.class);
  }

  @Test
  void imagesWithBoxesComeByNameToo() throws IOException {
    BoxedImages boxed = DrawnBoxes.shapes(root.resolve("boxes"), 4, 48, 1);
    Map<String, byte[]> content = new HashMap<>();
    for (int i = 0; i < boxed.size(); i++) {
      content.put(boxed.images().name(i), boxed.images().bytes(i));
      Files.delete(boxed.annotated(i).file());
    }
    BoxedImages stored = boxed.from(content::get);
    assertThat(stored.fingerprint()).isEqualTo(boxed.fingerprint());
    assertThat(stored.image(1).width()).isEqualTo(48);
    assertThat(stored.images().image(1)).isEqualTo(stored.image(1));
    assertThat(stored.eachObject().withoutDifficult().skippingUnreadable().size()).isEqualTo(4);
    content.put(boxed.images().name(2), onDisk.bytes(0));
    assertThatThrownBy(() -> stored.image(2)).hasMessageContaining("its annotation is for");
    imageIsRefused(stored.images(), 2);
    content.remove(boxed.images().name(2));
    assertThat(stored.skippingUnreadable().skipped()).hasSize(1);
  }

  /** Because its size is not the one its box was drawn for, however the images are selected. */
  private static void imageIsRefused(Images images, int i) {
    String why = "its annotation is for an image of 48 x 48";
    assertThatThrownBy(() -> images.image(i)).hasMessageContaining(why);
    assertThatThrownBy(() -> images.subset(1, i).image(1)).hasMessageContaining(why);
    assertThat(images.subset(1, i).image(0).width()).isEqualTo(48);
    List<BoundingBox> boxes = Collections.nCopies(images.size(), new BoundingBox(0, 0, 8, 8));
    assertThatThrownBy(() -> images.cutOut(boxes).image(i)).hasMessageContaining(why);
    assertThat(images.cutOut(boxes).image(1).width()).isEqualTo(8);
    byte[] other = images.bytes(i);
    assertThatThrownBy(() -> images.from(name -> other).image(1)).hasMessageContaining(why);
    Images left = images.skippingUnreadable();
    assertThat(left.skipped()).hasSize(1);
    assertThat(left.skipped().get(0).reason()).contains(why);
    assertThat(left.image(left.size() - 1).width()).isEqualTo(48);
  }

  @Test
  void labelsMustFitNamesAndClasses() {
    List<String> names = List.of("1", "2");
    assertThatThrownBy(() -> Images.of(List.of("a"), names, new int[3], n -> null))
        .hasMessage("There are 3 labels for 2 names; one per image is needed.");
    assertThatThrownBy(() -> Images.of(List.of("a"), names, new int[] {0, 1}, n -> null))
        .hasMessage("The label of 2 is 1; it must be an index into the 1 classes.");
    assertThatThrownBy(() -> Images.of(List.of("a", "a"), names, new int[2], n -> null))
        .hasMessage("A class is named twice: a, a.");
  }

  @Test
  void aSourceCanBeSentToAnotherProcess() throws Exception {
    String folder = root.resolve("noise").toString();
    ImageBytes source = name -> Files.readAllBytes(Path.of(folder, name));
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
      out.writeObject(source);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
      assertThat(((ImageBytes) in.readObject()).read("a/000.png")).isEqualTo(onDisk.bytes(0));
    }
  }

  @Test
  void filesOfOtherFileSystemsAreRead() throws IOException {
    try (FileSystem zip =
        FileSystems.newFileSystem(root.resolve("a.zip"), Map.of("create", "true"))) {
      Files.write(zip.getPath("/sound.png"), onDisk.bytes(0));
      Files.write(zip.getPath("/damaged.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G'});
      assertThat(RgbImage.read(zip.getPath("/sound.png"))).isEqualTo(onDisk.image(0));
      assertThat(Decoding.stored(zip.getPath("/sound.png")).width()).isEqualTo(30);
      assertThatThrownBy(() -> Decoding.stored(zip.getPath("/damaged.png")))
          .isInstanceOf(UnreadableImageException.class);
    }
  }
}
