package verydeep.internal.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import verydeep.FileException;
import verydeep.VerydeepException;
import verydeep.internal.files.TensorFile;

/**
 * The folder in which a job's parts meet: files of ranges of images, each complete or absent, and
 * at the end {@code test.safetensors} in their place. Any number of processes may write to it; the
 * range is in a file's name, so what is computed twice replaces itself.
 *
 * @param <P> the type of the results for some images
 */
final class JobFolder<P> {

  /** The names of all files here, for {@link verydeep.internal.files.WorkFolder}. */
  static final String NAMES = "(part-\\d+(-\\d+)?|job|test)\\.safetensors";

  private static final Pattern PART = Pattern.compile("part-(\\d{1,9})-(\\d{1,9})\\.safetensors");

  /** Those of earlier versions, which followed each other and said only where they end. */
  private static final Pattern OLDER = Pattern.compile("part-\\d+\\.safetensors");

  private static final String DONE = "test.safetensors";
  private static final String JOB = "job.safetensors";
  private static final String JOB_FORMAT = "verydeep job 1";

  private static final String UPTO = "pictures done"; // as earlier versions wrote it
  private static final String SECONDS = "seconds";
  private static final String COMPUTED_BY = "computed by";

  private final Path folder;
  private final JobWork<P> work;
  private final SameJob same;

  private JobFolder(Path folder, JobWork<P> work) {
    this.folder = folder;
    this.work = work;
    this.same = new SameJob(work.settings());
  }

  /**
   * Opens a folder, creating it if it is missing, and leaves there what the job is, unless another
   * process has done so: what the work leaves open is then as that one began it.
   *
   * @throws VerydeepException if it cannot be written to, or holds another job
   */
  static <P> JobFolder<P> open(Path folder, JobWork<P> work) {
    Path file = folder.resolve(JOB);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new VerydeepException("The folder " + folder + " cannot be used: " + e);
    }
    if (!Files.exists(file) && !Files.exists(folder.resolve(DONE))) {
      Map<String, String> texts = new LinkedHashMap<>(work.settings());
      texts.put("format", JOB_FORMAT);
      TensorFile.write(file, texts, Map.of(), name -> null);
    }
    return join(folder, work);
  }

  /**
   * Opens a folder in which others have worked.
   *
   * @throws VerydeepException if it holds another job
   */
  static <P> JobFolder<P> join(Path folder, JobWork<P> work) {
    Path file = folder.resolve(Files.exists(folder.resolve(DONE)) ? DONE : JOB);
    if (!Files.exists(file)) {
      return new JobFolder<>(folder, work);
    }
    Map<String, String> begun = begun(file, work);
    JobFolder<P> opened = new JobFolder<>(folder, work.as(begun));
    opened.same.check(begun, file);
    return opened;
  }

  private static Map<String, String> begun(Path file, JobWork<?> work) {
    if (file.endsWith(JOB)) {
      return TensorFile.read(file, JOB_FORMAT, "a job in parts", TensorFile::metadata);
    }
    PartFormat<?> format = work.format();
    try {
      return TensorFile.read(file, format.name(), format.what(), TensorFile::metadata);
    } catch (FileException e) {
      throw damaged(file, e);
    }
  }

  private static VerydeepException damaged(Path file, FileException reason) {
    return new VerydeepException(
        file + " is damaged: " + reason.getMessage() + ". Delete it, or use another folder.",
        reason);
  }

  /** Returns the work as it is done here. */
  JobWork<P> work() {
    return work;
  }

  /** The joined result, with the texts of its file. */
  record Finished<P>(P content, double seconds, Map<String, String> texts) {}

  /**
   * Returns the joined result; null if there is none yet.
   *
   * @throws VerydeepException if it is damaged, or of another job
   */
  Finished<P> finished() {
    Path file = folder.resolve(DONE);
    if (!Files.exists(file)) {
      return null;
    }
    TensorFile[] texts = new TensorFile[1];
    KeptPart<P> whole;
    try {
      whole = read(file, texts);
    } catch (FileException e) {
      throw damaged(file, e);
    }
    same.check(texts[0].metadata(), file);
    return new Finished<>(whole.content(), whole.seconds(), texts[0].metadata());
  }

  /**
   * Returns the parts that hold images of a range. Damaged ones are left out, to be computed again.
   *
   * @throws VerydeepException if one is of another job
   */
  List<KeptPart<P>> parts(int from, int to) {
    List<KeptPart<P>> parts = new ArrayList<>();
    for (Path file : files()) {
      if (mayHold(file, from, to)) {
        TensorFile[] texts = new TensorFile[1];
        KeptPart<P> part;
        try {
          part = read(file, texts);
        } catch (FileException e) {
          continue; // damaged, or another process has just put a longer one in its place
        }
        same.check(texts[0].metadata(), file);
        same.checkArithmetic(part.arithmetic(), file);
        if (part.from() < part.to() && part.from() < to && part.to() > from) {
          parts.add(part);
        }
      }
    }
    return parts;
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> matches(PART, file) || matches(OLDER, file)).sorted().toList();
    } catch (IOException e) {
      throw new VerydeepException("The folder " + folder + " cannot be read: " + e, e);
    }
  }

  private static boolean matches(Pattern pattern, Path file) {
    return pattern.matcher(file.getFileName().toString()).matches();
  }

  /** The range in a file's name. */
  private record Named(int from, int to) {

    /** Null for the names of earlier versions and for the joined result. */
    static Named of(Path file) {
      Matcher name = PART.matcher(file.getFileName().toString());
      return name.matches()
          ? new Named(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)))
          : null;
    }
  }

  private static boolean mayHold(Path file, int from, int to) {
    Named range = Named.of(file);
    return range == null || (range.from() < to && range.to() > from);
  }

  /** The texts are handed out too, since they may tell that a part is of another job. */
  private KeptPart<P> read(Path file, TensorFile[] texts) {
    PartFormat<P> format = work.format();
    return TensorFile.read(
        file,
        format.name(),
        format.what(),
        content -> {
          texts[0] = content;
          P part = format.reader().apply(content);
          int to = Integer.parseInt(content.text(UPTO));
          int from = to - format.images().applyAsInt(part);
          Named range = Named.of(file);
          if (from < 0
              || to > work.size()
              || (range != null && !range.equals(new Named(from, to)))) {
            throw new IllegalArgumentException(
                "it should hold other images than %d to %d".formatted(from, to - 1));
          }
          double seconds = Double.parseDouble(content.text(SECONDS));
          String by = content.metadata().getOrDefault(COMPUTED_BY, "");
          return new KeptPart<>(file, from, to, part, seconds, by);
        });
  }

  /** Keeps the results for a range of images. */
  void keep(int from, P part, double seconds, String arithmetic) {
    int to = from + work.format().images().applyAsInt(part);
    same.checkArithmetic(arithmetic, folder);
    String name = String.format(Locale.ROOT, "part-%09d-%09d.safetensors", from, to);
    Map<String, String> texts = texts(to, seconds);
    texts.put(COMPUTED_BY, arithmetic);
    work.format().writer().write(folder.resolve(name), texts, part);
  }

  /** Puts one file in place of several that lie end to end. */
  void merge(List<KeptPart<P>> parts) {
    List<P> contents = parts.stream().map(KeptPart::content).toList();
    double seconds = parts.stream().mapToDouble(KeptPart::seconds).sum();
    P all = work.format().joined().apply(contents);
    keep(parts.get(0).from(), all, seconds, SameJob.arithmetics(parts));
    parts.forEach(part -> delete(part.file()));
  }

  /** Puts the joined result in place of all parts. */
  void finish(P whole, double seconds, Map<String, String> others) {
    Map<String, String> texts = texts(work.size(), seconds);
    texts.putAll(others);
    work.format().writer().write(folder.resolve(DONE), texts, whole);
    clear();
  }

  /** Deletes what the joined result has replaced. */
  void clear() {
    files().forEach(JobFolder::delete);
    delete(folder.resolve(JOB));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // what replaces it is written; a file that is left does no harm
    }
  }

  private Map<String, String> texts(int to, double seconds) {
    Map<String, String> texts = new LinkedHashMap<>(work.settings());
    texts.put(UPTO, String.valueOf(to));
    texts.put(SECONDS, String.valueOf(seconds));
    return texts;
  }

  /** Returns the path. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
