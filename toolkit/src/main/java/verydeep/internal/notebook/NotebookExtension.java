package verydeep.internal.notebook;

import java.util.Base64;
import java.util.Map;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import verydeep.internal.inference.ProgressLine;
import verydeep.report.Figure;

/**
 * Teaches the kernel to show the toolkit's values: figures and images as PNG, tables, networks and
 * results as HTML; and tests to show below the cell how far they are. The kernel finds it by itself
 * when the toolkit is on its class path.
 */
public final class NotebookExtension implements Extension {

  /** For the kernel, which makes it by its name. */
  public NotebookExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    register(kernel.getRenderer());
    ProgressLine.showIn(() -> new LiveLine(new LiveOutput()::show));
  }

  static void register(Renderer renderer) {
    Shown.FIGURES.forEach(shown -> png(renderer, shown));
    Shown.PAGES.forEach(shown -> html(renderer, shown));
  }

  /** Figures have two pixels for each unit of their layout; the page is told the latter. */
  private static <T> void png(Renderer renderer, Shown<T, Figure> shown) {
    renderer
        .createRegistration(shown.type())
        .preferring(MIMEType.IMAGE_PNG)
        .register(
            (value, context) ->
                context.renderIfRequested(
                    MIMEType.IMAGE_PNG,
                    (mime, data) -> {
                      Figure drawn = shown.as().apply(value);
                      data.putData(mime, Base64.getEncoder().encodeToString(drawn.png()));
                      data.putMetaData(mime, Map.of("width", drawn.layoutWidth()));
                    }));
  }

  private static <T> void html(Renderer renderer, Shown<T, String> shown) {
    renderer
        .createRegistration(shown.type())
        .preferring(MIMEType.TEXT_HTML)
        .register(
            (value, context) ->
                context.renderIfRequested(MIMEType.TEXT_HTML, () -> shown.as().apply(value)));
  }
}
