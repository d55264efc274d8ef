package verydeep.internal.devices;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Short work of libraries that swallow interrupts. JNA, for example, asks {@code ldconfig} for the
 * folders of native libraries and takes an interrupt that comes meanwhile for a failure of that, so
 * that a Ctrl-C would be lost. The work therefore runs on a thread that nobody interrupts; an
 * interrupt of the caller takes effect after it.
 */
final class Undisturbed {

  private Undisturbed() {}

  static <T> T call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, task -> daemon(task).start()).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      if (e.getCause() instanceof Error own) {
        throw own;
      }
      throw e;
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "verydeep-devices");
    thread.setDaemon(true);
    return thread;
  }
}
