package verydeep.weights;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Published weights by name: where they are, what they are worth by which protocol, whose they are.
 * They are fetched once into a cache folder, checked, and read like any other file.
 *
 * <pre>{@code
 * var d = Pretrained.of("D-authors").load();
 * var same = Pretrained.of("D-authors").mirror(URI.create("file:/media/usb/vgg16.caffemodel")).load();
 * }</pre>
 *
 * <p>The cache folder is the system property {@code verydeep.cache}, else the environment's {@code
 * VERYDEEP_CACHE}, else {@code ~/.cache/verydeep}. D's convolutions alone need no download: they
 * ship in {@code datasets/vgg-d-imagenet}.
 */
public final class Pretrained {

  private final PublishedWeights published;
  private final List<URI> sources;
  private final Path folder;
  private final boolean quiet;

  private Pretrained(PublishedWeights published, List<URI> sources, Path folder, boolean quiet) {
    this.published = published;
    this.sources = List.copyOf(sources);
    this.folder = folder;
    this.quiet = quiet;
  }

  /**
   * A published set of weights.
   *
   * @param name one of {@link #all()}
   * @return it; nothing is fetched yet
   * @throws IllegalArgumentException if there is none of that name; the message lists them
   */
  public static Pretrained of(String name) {
    for (PublishedWeights published : PublishedWeights.ALL) {
      if (published.name().equals(name)) {
        return of(published);
      }
    }
    throw new IllegalArgumentException(
        "There are no published weights \""
            + name
            + "\"; known are "
            + PublishedWeights.ALL.stream()
                .map(PublishedWeights::name)
                .collect(Collectors.joining(", "))
            + ".");
  }

  static Pretrained of(PublishedWeights published) {
    return new Pretrained(published, List.of(published.source()), cache(), false);
  }

  /**
   * All published sets.
   *
   * @return by the authors, by torchvision, by Keras
   */
  public static List<PublishedWeights> all() {
    return PublishedWeights.ALL;
  }

  /**
   * Another place to fetch the file from, tried first; the checks stay the same.
   *
   * @param source an address with http, https or file
   * @return a new set
   */
  public Pretrained mirror(URI source) {
    List<URI> more = new ArrayList<>(List.of(Objects.requireNonNull(source, "source")));
    more.addAll(sources);
    return new Pretrained(published, more, folder, quiet);
  }

  /**
   * Another cache folder.
   *
   * @param folder made if it is not there
   * @return a new set
   */
  public Pretrained cache(Path folder) {
    return new Pretrained(published, sources, Objects.requireNonNull(folder, "folder"), quiet);
  }

  /**
   * Shows no progress.
   *
   * @return a new set
   */
  public Pretrained quiet() {
    return new Pretrained(published, sources, folder, true);
  }

  /**
   * What is known of the weights.
   *
   * @return the facts
   */
  public PublishedWeights published() {
    return published;
  }

  /**
   * The file in the cache folder, fetched if it is not there. A broken download is taken up where
   * it ended; the file appears under its name only when it is whole and its hash is right. Two
   * processes do not fetch at once: one waits.
   *
   * @return its path
   * @throws CheckpointException if it cannot be fetched; the message says which file to put where
   */
  public Path fetch() {
    Path file = folder.resolve(published.file());
    return Files.isRegularFile(file) ? file : new Download(published, sources, file, quiet).run();
  }

  /**
   * Fetches the file if need be and reads it.
   *
   * @return the checkpoint, whose provenance names licence, credit and accuracy
   * @throws CheckpointException if it cannot be fetched or read
   */
  public Checkpoint load() {
    Checkpoint read = Checkpoint.read(fetch());
    return read.withProvenance(
        read.provenance()
            .with("weights", published.name())
            .with("licence", published.licence())
            .with("credit", published.credit())
            .with("accuracy", published.accuracy()));
  }

  private static Path cache() {
    String said = System.getProperty("verydeep.cache", System.getenv("VERYDEEP_CACHE"));
    return said == null || said.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "verydeep")
        : Path.of(said);
  }

  /** Name, accuracy and licence. */
  @Override
  public String toString() {
    return published.toString();
  }
}
