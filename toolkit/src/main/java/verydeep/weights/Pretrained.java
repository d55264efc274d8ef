package verydeep.weights;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import verydeep.FileException;
import verydeep.VerydeepException;

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

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Set<String> SCHEMES = Set.of("http", "https", "file");

  private final PublishedWeights published;
  private final List<URI> mirrors;
  private final Path folder;
  private final Duration timeout;
  private final boolean quiet;

  private Pretrained(
      PublishedWeights published, List<URI> mirrors, Path folder, Duration timeout, boolean quiet) {
    this.published = published;
    this.mirrors = List.copyOf(mirrors);
    this.folder = folder;
    this.timeout = timeout;
    this.quiet = quiet;
  }

  /**
   * A published set of weights.
   *
   * @param name one of {@link #all()}
   * @return it; nothing is fetched yet
   * @throws VerydeepException if there is none of that name; the message lists them
   */
  public static Pretrained of(String name) {
    for (PublishedWeights published : PublishedWeights.ALL) {
      if (published.name().equals(name)) {
        return of(published);
      }
    }
    throw new VerydeepException(
        "There are no published weights \""
            + name
            + "\"; known are "
            + PublishedWeights.ALL.stream()
                .map(PublishedWeights::name)
                .collect(Collectors.joining(", "))
            + ".");
  }

  static Pretrained of(PublishedWeights published) {
    return new Pretrained(published, List.of(), cache(), TIMEOUT, false);
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
   * Another place to fetch the file from. Mirrors are tried in the order in which they are named,
   * the publisher's address last; the checks stay the same.
   *
   * @param source an address with http, https or file
   * @return a new set
   * @throws VerydeepException if it is none of these
   */
  public Pretrained mirror(URI source) {
    String scheme = String.valueOf(source.getScheme()).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      throw new VerydeepException(
          "A mirror is an address with http, https or file; given was " + source + ".");
    }
    List<URI> more = new ArrayList<>(mirrors);
    more.add(source);
    return new Pretrained(published, more, folder, timeout, quiet);
  }

  /**
   * Another cache folder.
   *
   * @param folder made if it is not there
   * @return a new set
   */
  public Pretrained cache(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return new Pretrained(published, mirrors, folder, timeout, quiet);
  }

  /**
   * How long a server may take to answer, may be silent, and may take for 64 kB. 20 s unless it is
   * said, for slow lines; after it comes the next attempt, then the next source.
   *
   * @param timeout above zero
   * @return a new set
   * @throws VerydeepException if it is not above zero
   */
  public Pretrained timeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new VerydeepException("A timeout is above zero; given was " + timeout + ".");
    }
    return new Pretrained(published, mirrors, folder, timeout, quiet);
  }

  /**
   * Shows no progress.
   *
   * @return a new set
   */
  public Pretrained quiet() {
    return new Pretrained(published, mirrors, folder, timeout, true);
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
   * The file in the cache folder, fetched if it is not there; what is there is not checked again. A
   * broken download is taken up where it ended, also by a later call; the file appears under its
   * name only when it is whole and its hash is right. Two processes do not fetch at once: one
   * waits. An interrupt ends it, and keeps what has come.
   *
   * @return its path
   * @throws FileException if it cannot be fetched or kept; the message says what was tried, and
   *     which file to put where
   */
  public Path fetch() {
    Path file = folder.resolve(published.file());
    if (Files.isRegularFile(file)) {
      return file;
    }
    List<URI> sources = new ArrayList<>(mirrors);
    sources.add(published.source());
    return new Download(published, sources, file, timeout, quiet).run();
  }

  /**
   * Fetches the file if need be and reads it.
   *
   * @return the checkpoint, whose provenance names licence, credit and accuracy
   * @throws FileException if it cannot be fetched or read
   */
  public Checkpoint load() {
    Checkpoint read = Checkpoint.read(fetch());
    return published
        .trainingScale()
        .map(read::withTrainingScale)
        .orElse(read)
        .withPreprocessing(published.preprocessing())
        .withProvenance(
            read.provenance()
                .with("preprocessing", "published with the weights: " + published.preprocessing())
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
