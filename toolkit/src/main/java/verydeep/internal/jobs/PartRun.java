package verydeep.internal.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import verydeep.internal.inference.ProgressLine;

/** Computes what a folder lacks of a range of images, and keeps it there as it goes. */
final class PartRun<P> {

  private final JobFolder<P> folder;
  private final JobWorker<P> worker;
  private final ProgressLine progress;
  private final String title;
  private final long pause;
  private final int begin;
  private final int end;
  private List<P> open = new ArrayList<>();
  private int openFrom;
  private int done;
  private int computed;
  private double waited;
  private double seconds;
  private long kept;

  /**
   * Prepares a run.
   *
   * @param pause the shortest time between two files, in nanoseconds
   * @param begin the index of the first image
   * @param end the index after the last
   */
  PartRun(
      JobFolder<P> folder,
      JobWorker<P> worker,
      ProgressLine progress,
      String title,
      long pause,
      int begin,
      int end) {
    this.folder = folder;
    this.worker = worker;
    this.progress = progress;
    this.title = title;
    this.pause = pause;
    this.begin = begin;
    this.end = end;
  }

  /** Returns whether the folder lacks an image of a range. */
  static <P> boolean lacks(List<KeptPart<P>> parts, int begin, int end) {
    int at = begin;
    KeptPart<P> part = Cover.longestAt(parts, at);
    while (at < end && part != null) {
      at = part.to();
      part = Cover.longestAt(parts, at);
    }
    return at < end;
  }

  /** Fills the gaps between the parts that are there. */
  void run(List<KeptPart<P>> parts) {
    List<KeptPart<P>> usable =
        parts.stream().filter(part -> part.from() % worker.chunk() == 0).toList();
    done = usable.stream().mapToInt(this::images).sum();
    done = Math.min(done, end - begin); // some may overlap
    progress.begin(done);
    progress.show(title, done, end - begin);
    int at = begin;
    while (at < end) {
      KeptPart<P> part = Cover.longestAt(usable, at);
      if (part == null) {
        int to = Cover.nextBegin(usable, at, end);
        compute(at, to);
        at = to;
      } else {
        at = part.to();
      }
    }
  }

  private int images(KeptPart<P> part) {
    return Math.min(part.to(), end) - Math.max(part.from(), begin);
  }

  private void compute(int from, int to) {
    openFrom = from;
    kept = System.nanoTime();
    try {
      worker.compute(from, to, this::add);
      keep();
    } catch (CancellationException e) {
      keep();
      throw Stopped.keptIn(folder, done, end - begin);
    }
    waited += worker.waited();
  }

  private void add(P some) {
    int images = folder.work().format().images().applyAsInt(some);
    open.add(some);
    done = Math.min(done + images, end - begin);
    computed += images;
    progress.show(title, done, end - begin);
    if (System.nanoTime() - kept >= pause) {
      keep();
    }
  }

  private void keep() {
    if (open.isEmpty()) {
      return;
    }
    P all = folder.work().format().joined().apply(open);
    long now = System.nanoTime();
    folder.keep(openFrom, all, (now - kept) / 1e9, worker.arithmetic());
    seconds += (now - kept) / 1e9;
    kept = now;
    openFrom += folder.work().format().images().applyAsInt(all);
    open = new ArrayList<>();
  }

  /** {@return the number of images computed} */
  int computed() {
    return computed;
  }

  /** {@return the share of the time in which images were waited for; NaN if it is not known} */
  double waiting() {
    return waited / seconds;
  }
}
