package verydeep.internal.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final String DONE = "test.safetensors";
  private static final String JOB = "job.safetensors";
  private static final String JOB_FORMAT = "verydeep job 1";

  private final Path folder;
  private final JobWork<P> work;
  private final PartFile<P> files;
  private final SameJob same;

  private JobFolder(Path folder, JobWork<P> work) {
    this.folder = folder;
    this.work = work;
    this.files = new PartFile<>(work);
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
      throw new VerydeepException("The folder " + folder + " cannot be used: " + e + ".", e);
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
    PartFormat<?> format = work.format();
    try {
      return file.endsWith(JOB)
          ? TensorFile.read(file, JOB_FORMAT, "a job in parts", TensorFile::metadata)
          : TensorFile.read(file, format.name(), format.what(), TensorFile::metadata);
    } catch (FileException e) {
      Path done = file.resolveSibling(DONE);
      if (file.endsWith(JOB) && Files.exists(done)) {
        return begun(done, work); // another process has just joined the parts
      }
      throw damaged(e);
    }
  }

  private static VerydeepException damaged(FileException reason) {
    return new VerydeepException(
        "The kept work is damaged. "
            + reason.getMessage()
            + " Delete the file, or use another folder.",
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
    Map<String, String> texts = new HashMap<>();
    KeptPart<P> whole;
    try {
      whole = files.read(file, texts::putAll);
    } catch (FileException e) {
      throw damaged(e);
    }
    same.check(texts, file);
    return new Finished<>(whole.content(), whole.seconds(), texts);
  }

  /**
   * Returns the parts that hold images of a range. Damaged ones are left out, to be computed again.
   *
   * @throws VerydeepException if one is of another job
   */
  List<KeptPart<P>> parts(int from, int to) {
    ImageRange range = new ImageRange(from, to);
    List<KeptPart<P>> parts = new ArrayList<>();
    for (Path file : files()) {
      if (range.mayBeIn(file)) {
        Map<String, String> texts = new HashMap<>();
        KeptPart<P> part;
        try {
          part = files.read(file, texts::putAll);
        } catch (FileException e) {
          continue; // damaged, or another process has just put a longer one in its place
        }
        same.check(texts, file);
        same.checkArithmetic(part.arithmetic(), file.toString());
        if (part.from() < part.to() && range.meets(part.from(), part.to())) {
          parts.add(part);
        }
      }
    }
    return parts;
  }

  private List<Path> files() {
    ImageRange all = new ImageRange(0, Integer.MAX_VALUE);
    try (Stream<Path> everything = Files.list(folder)) {
      return everything.filter(all::mayBeIn).sorted().toList();
    } catch (IOException e) {
      throw new VerydeepException("The folder " + folder + " cannot be read: " + e + ".", e);
    }
  }

  /** Keeps the results for a range of images. */
  void keep(int from, P part, double seconds, String arithmetic) {
    same.checkArithmetic(arithmetic, "This part");
    files.writeTo(folder, from, part, seconds, arithmetic);
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
    files.write(folder.resolve(DONE), work.size(), whole, seconds, others);
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

  /** Returns the path. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
