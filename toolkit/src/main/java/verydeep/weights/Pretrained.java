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
import verydeep.data.Preprocessing;
import verydeep.internal.inference.OwnThread;

/**
 * Published weights by name: their location, their accuracy and its protocol, and their origin.
 * They are downloaded once into a cache folder, verified, and read like any other file.
 *
 * <pre>{@code
 * var d = Pretrained.of("D-authors").load();
 * var same = Pretrained.of("D-authors").mirror(URI.create("file:/media/usb/vgg16.caffemodel")).load();
 * }</pre>
 *
 * <p>The cache folder is the system property {@code verydeep.cache}, or else the environment
 * variable {@code VERYDEEP_CACHE}, or else {@code ~/.cache/verydeep}. D's convolutions alone need
 * no download: they ship in {@code datasets/vgg-d-imagenet}.
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
   * Returns a published set of weights.
   *
   * @param name one of {@link #all()}
   * @return the set; nothing is downloaded yet
   * @throws VerydeepException if there is no set with that name; the message lists the names
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
            + "\"; the known ones are "
            + PublishedWeights.ALL.stream()
                .map(PublishedWeights::name)
                .collect(Collectors.joining(", "))
            + ".");
  }

  static Pretrained of(PublishedWeights published) {
    return new Pretrained(published, List.of(), cache(), TIMEOUT, false);
  }

  /**
   * Returns all published sets.
   *
   * @return those of the authors, of torchvision, and of Keras
   */
  public static List<Pretrained> all() {
    return PublishedWeights.ALL.stream().map(Pretrained::of).toList();
  }

  /**
   * Adds another place to download the file from. Mirrors are tried in the order they are added,
   * the publisher's address last; the checks stay the same.
   *
   * @param source an address with http, https or file
   * @return a new set
   * @throws VerydeepException if it has another scheme
   */
  public Pretrained mirror(URI source) {
    String scheme = String.valueOf(source.getScheme()).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      throw new VerydeepException(
          "The mirror is " + source + "; it must be an address with http, https or file.");
    }
    List<URI> more = new ArrayList<>(mirrors);
    more.add(source);
    return new Pretrained(published, more, folder, timeout, quiet);
  }

  /**
   * Sets another cache folder.
   *
   * @param folder the folder, which is created if it is missing
   * @return a new set
   */
  public Pretrained cache(Path folder) {
    Objects.requireNonNull(folder, "folder");
    return new Pretrained(published, mirrors, folder, timeout, quiet);
  }

  /**
   * Sets how long a server may take to respond, may be silent, and may take for 64 kB; raise it for
   * slow lines. Default: 20 s. After a timeout comes the next attempt, then the next source.
   *
   * @param timeout the time, greater than zero
   * @return a new set
   * @throws VerydeepException if it is not greater than zero
   */
  public Pretrained timeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new VerydeepException("The timeout is " + timeout + "; it must be greater than zero.");
    }
    return new Pretrained(published, mirrors, folder, timeout, quiet);
  }

  /**
   * Turns off the display of progress.
   *
   * @return a new set
   */
  public Pretrained quiet() {
    return new Pretrained(published, mirrors, folder, timeout, true);
  }

  /** {@return its name for {@link #of}} */
  public String name() {
    return published.name();
  }

  /** {@return the name of its file, also in the cache folder} */
  public String file() {
    return published.file();
  }

  /** {@return its publisher's address} */
  public URI source() {
    return published.source();
  }

  /** {@return the file's size, or 0 if it is not known exactly} */
  public long bytes() {
    return published.bytes();
  }

  /** {@return the published accuracy, with its protocol} */
  public String accuracy() {
    return published.accuracy();
  }

  /** {@return how an image becomes the network's input} */
  public Preprocessing preprocessing() {
    return published.preprocessing();
  }

  /** {@return who trained it} */
  public String credit() {
    return published.credit();
  }

  /** {@return the license, as stated by the publisher} */
  public String license() {
    return published.license();
  }

  /**
   * Returns the file in the cache folder, downloading it if it is missing; an existing file is not
   * checked again. A broken download is resumed where it stopped, even by a later call; the file
   * appears under its name only when it is complete and its hash matches. Two processes never
   * download at the same time: one waits. An interrupt, or Ctrl-C in JShell, stops the download and
   * keeps what has arrived.
   *
   * @return its path
   * @throws FileException if it cannot be downloaded or stored; the message says what was tried,
   *     and which file to put where
   */
  public Path fetch() {
    Path file = folder.resolve(published.file());
    if (Files.isRegularFile(file)) {
      return file;
    }
    List<URI> sources = new ArrayList<>(mirrors);
    sources.add(published.source());
    return OwnThread.run(() -> new Download(published, sources, file, timeout, quiet).run());
  }

  /**
   * Downloads the file if necessary and reads it.
   *
   * @return the checkpoint, whose provenance names license, credit and accuracy
   * @throws FileException if it cannot be downloaded or read
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
                .with("license", published.license())
                .with("credit", published.credit())
                .with("accuracy", published.accuracy()));
  }

  private static Path cache() {
    String said = System.getProperty("verydeep.cache", System.getenv("VERYDEEP_CACHE"));
    return said == null || said.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "verydeep")
        : Path.of(said);
  }

  /** Returns the name, the accuracy and the license. */
  @Override
  public String toString() {
    return published.toString();
  }
}
