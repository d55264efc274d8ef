package verydeep.internal.notebook;

import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import tech.tablesaw.api.Table;
import verydeep.data.RgbImage;
import verydeep.evaluation.ConfusionMatrix;
import verydeep.evaluation.Evaluation;
import verydeep.network.NetworkSummary;
import verydeep.network.Vgg;
import verydeep.report.Figure;
import verydeep.report.Pictures;
import verydeep.report.Tables;
import verydeep.training.Training;

/**
 * Teaches the kernel to show the toolkit's values: figures and images as PNG, tables, networks and
 * results as HTML. The kernel finds it by itself when the toolkit is on its class path.
 */
public final class NotebookExtension implements Extension {

  /** For the kernel, which makes it by its name. */
  public NotebookExtension() {}

  @Override
  public void install(BaseKernel kernel) {
    Renderer renderer = kernel.getRenderer();
    png(renderer, Figure.class, figure -> figure);
    png(renderer, RgbImage.class, Pictures::of);
    html(renderer, Table.class, Tables::html);
    html(renderer, Vgg.class, network -> Tables.html(Tables.of(network)));
    html(renderer, NetworkSummary.class, summary -> Tables.html(Tables.of(summary)));
    html(renderer, Training.class, TrainingHtml::of);
    html(renderer, Evaluation.class, test -> Tables.html(Tables.of(test)));
    html(renderer, ConfusionMatrix.class, matrix -> Tables.html(Tables.of(matrix)));
  }

  /** Figures have two pixels for each unit of their layout; the page is told the latter. */
  private static <T> void png(Renderer renderer, Class<T> type, Function<T, Figure> figure) {
    renderer
        .createRegistration(type)
        .preferring(MIMEType.IMAGE_PNG)
        .register(
            (value, context) ->
                context.renderIfRequested(
                    MIMEType.IMAGE_PNG,
                    (mime, data) -> {
                      Figure drawn = figure.apply(value);
                      data.putData(mime, Base64.getEncoder().encodeToString(drawn.png()));
                      data.putMetaData(mime, Map.of("width", drawn.layoutWidth()));
                    }));
  }

  private static <T> void html(Renderer renderer, Class<T> type, Function<T, String> html) {
    renderer
        .createRegistration(type)
        .preferring(MIMEType.TEXT_HTML)
        .register(
            (value, context) ->
                context.renderIfRequested(MIMEType.TEXT_HTML, () -> html.apply(value)));
  }
}
