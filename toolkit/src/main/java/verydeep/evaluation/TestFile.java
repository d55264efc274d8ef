package verydeep.evaluation;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.VerydeepException;
import verydeep.cpu.Arithmetic;
import verydeep.data.Images;
import verydeep.data.TestViews;
import verydeep.internal.models.ModelFile;

/** The settings of a test as a file: the network, and its views and the rest as texts. */
final class TestFile {

  private static final String VIEWS = "views";
  private static final String ARITHMETIC = "arithmetic";
  private static final String SKIPPING = "skipping unreadable";

  private TestFile() {}

  static void write(Path file, EvaluationBuilder test) {
    EvaluationSettings given = test.settings();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(VIEWS, TestViewsText.writeAll(test.allViews()));
    texts.put(SKIPPING, String.valueOf(given.skipping()));
    if (given.arithmetic() != null) {
      texts.put(ARITHMETIC, given.arithmetic().name());
    }
    ModelFile.write(
        file, ModelFile.NETWORK_TEST, texts, Map.of(), List.of(given.checkpoint()), true);
  }

  static EvaluationBuilder read(Path file, Images images) {
    return ModelFile.read(
        file, List.of(ModelFile.NETWORK_TEST), content -> builder(content, images));
  }

  private static EvaluationBuilder builder(ModelFile file, Images images) {
    if (file.networks().size() != 1 || file.networks().get(0).checkpoint() == null) {
      throw new VerydeepException("It must hold one network with its weights.");
    }
    List<TestViews> views = TestViewsText.readAll(file.text(VIEWS));
    TestViews first = views.get(0);
    int[] scales = first.scales().stream().mapToInt(Integer::intValue).toArray();
    EvaluationBuilder test =
        Evaluation.of(file.networks().get(0).checkpoint(), images)
            .view(first.view())
            .scales(scales)
            .flipped(first.flipped());
    test = views.size() > 1 ? test.denseAndMultiCrop() : test;
    test = Boolean.parseBoolean(file.text(SKIPPING)) ? test.skippingUnreadable() : test;
    String arithmetic = file.texts().get(ARITHMETIC);
    return arithmetic == null ? test : test.arithmetic(Arithmetic.valueOf(arithmetic));
  }
}
