package verydeep.internal.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import verydeep.VerydeepException;
import verydeep.internal.files.WorkFolder;
import verydeep.internal.inference.OwnThread;
import verydeep.internal.inference.ProgressLine;
import verydeep.jobs.Job;

/**
 * Some work as a job: in memory, in a folder at one go, or in parts.
 *
 * @param <P> the type of the results for some images
 * @param <R> the type of the result
 */
public final class WorkJob<P, R> implements TimedJob<R> {

  /** The shortest time between two files of a part; one costs milliseconds. */
  public static final long PAUSE_NANOS = 20_000_000_000L;

  private final JobWork<P> work;
  private final Function<JobOutcome<P>, R> result;
  private final boolean quiet;
  private final long pause;
  private final ReentrantLock lock = new ReentrantLock(true);

  /** Null while none is loaded; guarded by the lock, as are the settings that it was loaded for. */
  private JobWorker<P> worker;

  private Map<String, String> workerSettings;

  /** What networks took in parts so far, those that were released as well. */
  private NetworkTime networkTime = NetworkTime.NONE;

  /**
   * Creates a job.
   *
   * @param work what is computed
   * @param result the result of all images
   * @param quiet whether no progress is shown
   * @param pause the shortest time between two files of a part, in nanoseconds
   */
  public WorkJob(JobWork<P> work, Function<JobOutcome<P>, R> result, boolean quiet, long pause) {
    this.work = work;
    this.result = result;
    this.quiet = quiet;
    this.pause = pause;
  }

  @Override
  public int size() {
    return work.size();
  }

  /**
   * Does all of it.
   *
   * @param folder where results are kept on the way, for one process at a time; null for nowhere
   * @return the result
   */
  public R run(Path folder) {
    return alone(() -> result.apply(folder == null ? inMemory() : inFolder(folder)));
  }

  private JobOutcome<P> inMemory() {
    ProgressLine progress = progress();
    List<P> parts = new ArrayList<>();
    int[] done = new int[1];
    try {
      JobWorker<P> opened = opened(work);
      long began = System.nanoTime();
      progress.begin(0);
      progress.show(work.title(), 0, size());
      opened.compute(
          0,
          size(),
          some -> {
            parts.add(some);
            done[0] += work.format().images().applyAsInt(some);
            progress.show(work.title(), done[0], size());
          });
      double seconds = (System.nanoTime() - began) / 1e9;
      P all = work.format().joined().apply(parts);
      return new JobOutcome<>(all, seconds, opened.arithmetic(), opened.waited() / seconds);
    } catch (CancellationException e) {
      throw Stopped.withoutFolder(done[0], size());
    } finally {
      progress.clear();
    }
  }

  @SuppressWarnings("try") // a lock, and nothing else
  private JobOutcome<P> inFolder(Path folder) {
    try (WorkFolder ours = WorkFolder.open(folder, JobFolder.NAMES)) {
      JobFolder<P> opened = JobFolder.open(folder, work);
      boolean done = opened.finished() != null;
      return joined(opened, done ? Double.NaN : filled(opened, 0, size(), "").waiting());
    } catch (IOException e) {
      throw new VerydeepException("The folder " + folder + " cannot be used: " + e + ".", e);
    }
  }

  @Override
  public R join(Path folder) {
    return OwnThread.run(
        () -> {
          if (!Files.isDirectory(folder)) {
            throw new VerydeepException("There is no folder " + folder + " with parts to join.");
          }
          return result.apply(joined(JobFolder.join(folder, work), Double.NaN));
        });
  }

  private JobOutcome<P> joined(JobFolder<P> folder, double waiting) {
    JobFolder.Finished<P> finished = folder.finished();
    if (finished == null) {
      finished = finish(folder, waiting);
    } else {
      folder.clear(); // whoever wrote the result may have been killed right after
    }
    String by = finished.texts().getOrDefault("computed by", "");
    return new JobOutcome<>(finished.content(), finished.seconds(), by, waiting);
  }

  private JobFolder.Finished<P> finish(JobFolder<P> folder, double waiting) {
    List<KeptPart<P>> parts = folder.parts(0, size());
    List<KeptPart<P>> cover = Cover.of(parts, 0, size());
    if (cover.isEmpty() && size() > 0) {
      JobFolder.Finished<P> meanwhile = folder.finished(); // another process may have joined them
      if (meanwhile == null) {
        throw Missing.in(folder, parts, size());
      }
      return meanwhile;
    }
    double seconds = cover.stream().mapToDouble(KeptPart::seconds).sum();
    P all = work.format().joined().apply(cover.stream().map(KeptPart::content).toList());
    var outcome = new JobOutcome<>(all, seconds, SameJob.arithmetics(cover), waiting);
    folder.finish(all, seconds, work.texts(outcome));
    return folder.finished(); // large results can stay in the file
  }

  @Override
  public Job.Part part(int index, int parts) {
    return new Part(PartRange.of(index, parts, size(), work.grain()));
  }

  /**
   * Returns where a part begins.
   *
   * @param index the part's number; the number of parts for where the last one ends
   * @param parts the number of parts
   * @return the index of its first image
   */
  public int begin(int index, int parts) {
    return PartRange.begin(index, parts, size(), work.grain());
  }

  /**
   * Returns the results that a folder holds for one part, before the others are there.
   *
   * @param folder where the part has been done
   * @param index the part's number
   * @param parts the number of parts
   * @return its results; its images follow each other
   * @throws VerydeepException if images of it are missing, or it is of another job
   */
  public JobOutcome<P> outcome(Path folder, int index, int parts) {
    int from = begin(index, parts);
    int to = begin(index + 1, parts);
    List<KeptPart<P>> cover = Cover.of(JobFolder.join(folder, work).parts(from, to), from, to);
    if (cover.isEmpty() || cover.get(cover.size() - 1).to() > to) {
      throw new VerydeepException(
          "The folder %s lacks images %d to %d.".formatted(folder, from, to - 1));
    }
    double seconds = cover.stream().mapToDouble(KeptPart::seconds).sum();
    P all = work.format().joined().apply(cover.stream().map(KeptPart::content).toList());
    return new JobOutcome<>(all, seconds, SameJob.arithmetics(cover), Double.NaN);
  }

  private final class Part implements Job.Part {

    private final PartRange range;

    private Part(PartRange range) {
      this.range = range;
    }

    @Override
    public int run(Path folder) {
      return alone(() -> computed(folder));
    }

    private int computed(Path folder) {
      JobFolder<P> opened = JobFolder.open(folder, work);
      if (range.isEmpty() || opened.finished() != null) {
        return 0;
      }
      int from = range.from();
      int to = range.to();
      int computed = filled(opened, from, to, ", " + range.name()).computed();
      List<KeptPart<P>> cover = Cover.of(opened.parts(from, to), from, to);
      if (cover.size() > 1) {
        opened.merge(cover);
      }
      return computed;
    }

    @Override
    public boolean isDone(Path folder) {
      if (!Files.isDirectory(folder)) {
        return false;
      }
      JobFolder<P> joined = JobFolder.join(folder, work);
      return joined.finished() != null
          || !PartRun.lacks(joined.parts(range.from(), range.to()), range.from(), range.to());
    }

    /** Which images it has. */
    @Override
    public String toString() {
      return range.toString();
    }
  }

  /** Computes what a folder lacks of a range; the network is loaded only if it lacks something. */
  private PartRun<P> filled(JobFolder<P> folder, int from, int to, String which) {
    List<KeptPart<P>> parts = folder.parts(from, to);
    ProgressLine progress = progress();
    try {
      JobWorker<P> opened = PartRun.lacks(parts, from, to) ? opened(folder.work()) : null;
      String title = work.title() + which;
      PartRun<P> run = new PartRun<>(folder, opened, progress, title, pause, from, to);
      if (opened != null) {
        double before = opened.computing();
        run.run(parts);
        networkTime = networkTime.plus(new NetworkTime(0, opened.computing() - before));
      }
      return run;
    } finally {
      progress.clear();
    }
  }

  private ProgressLine progress() {
    return quiet ? ProgressLine.silent() : ProgressLine.printing();
  }

  private JobWorker<P> opened(JobWork<P> what) {
    if (worker != null && !what.settings().equals(workerSettings)) {
      release(); // the folder has begun with another arithmetic than the last one
    }
    if (worker == null) {
      long began = System.nanoTime();
      worker = what.open();
      networkTime = networkTime.plus(new NetworkTime((System.nanoTime() - began) / 1e9, 0));
      workerSettings = what.settings();
    }
    return worker;
  }

  private <T> T alone(Supplier<T> what) {
    return OwnThread.run(
        () -> {
          try {
            lock.lockInterruptibly();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException)
                new CancellationException("The thread was interrupted.").initCause(e);
          }
          try {
            return what.get();
          } finally {
            lock.unlock();
          }
        });
  }

  @Override
  public NetworkTime networkTime() {
    lock.lock();
    try {
      return networkTime;
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      release();
    } finally {
      lock.unlock();
    }
  }

  /** What is done, of how many images. */
  @Override
  public String toString() {
    return "job of %d images: %s".formatted(size(), work.title());
  }
}
