package verydeep.internal.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
 * results as HTML; and tests to show below the cell how far they are. It gives the kernel the
 * imports of the scripts. The kernel finds it by itself when the toolkit is on its class path, at
 * its start or later by {@code %maven}.
 */
public final class NotebookExtension implements Extension {

  /** For the kernel, which makes it by its name. */
  public NotebookExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    try {
      register(kernel.getRenderer());
    } catch (NoClassDefFoundError e) {
      System.err.println(
          "Values of the toolkit show as text, since Tablesaw or XChart came after it or is"
              + " missing: "
              + e.getMessage());
    }
    ProgressLine.showIn(() -> new LiveLine(new LiveOutput()::show));
    if (BaseKernel.notebookKernel() == kernel) {
      importInto(kernel);
    }
  }

  /**
   * All at once; if a library of theirs is not there yet, one by one, without those that need it.
   */
  private static void importInto(BaseKernel kernel) {
    try {
      kernel.evalRaw(imports());
    } catch (RuntimeException all) {
      for (String line : imports().lines().toList()) {
        try {
          kernel.evalRaw(line);
        } catch (RuntimeException one) {
          System.err.println("Not imported: " + line);
        }
      }
    }
  }

  /** The imports that scripts and the shell begin with. */
  static String imports() {
    try (InputStream in = NotebookExtension.class.getResourceAsStream("imports.jsh")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
