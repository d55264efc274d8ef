package verydeep.internal.notebook;

import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** A place below a cell whose HTML is replaced again and again. */
public final class LiveOutput {

  private final BaseKernel kernel = BaseKernel.notebookKernel();
  private final String id = UUID.randomUUID().toString();
  private boolean shown;

  void show(String html) {
    DisplayData data = new DisplayData();
    data.putHTML(html);
    data.putTransientData("display_id", id);
    boolean interrupted = Thread.interrupted(); // the kernel's sockets fail while it is set
    if (shown) {
      kernel.getIO().display.updateDisplay(data);
    } else {
      kernel.display(data);
    }
    shown = true;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
