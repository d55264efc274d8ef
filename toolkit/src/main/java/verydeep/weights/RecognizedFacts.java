package verydeep.weights;

import java.util.List;
import java.util.Map;
import verydeep.data.Ilsvrc;
import verydeep.internal.files.WeightFile;
import verydeep.network.Vgg;

/**
 * What the provenance says of a third-party file: what was recognized, what was assumed, and what
 * was left out.
 *
 * @param file the file
 * @param found the network in it
 * @param head what follows its convolutions
 * @param doubt a remark on the network, or nothing
 */
record RecognizedFacts(WeightFile file, NetworkSearch.Found found, Head head, String doubt) {

  private static final int MOST_FACTS = 10;
  private static final int LONGEST_FACT = 200;

  Provenance provenance(Vgg network, AuthorsFilters authors, List<String> beside) {
    Provenance facts =
        Provenance.unknown()
            .with("format", file.format())
            .with("network", "recognized by " + found.candidate().naming() + " names" + doubt);
    if (!found.prefix().isEmpty()) {
      facts = facts.with("name in the file", cut(found.name()));
    }
    facts = facts.with("preprocessing", preprocessing(authors));
    if (network.classes() > 0) {
      facts =
          facts.with(
              "classes",
              network.classes() == Ilsvrc.wnids().size()
                  ? "assumed: ILSVRC-2012 in the usual order"
                  : "without names in the file");
    }
    if (!head.left().isEmpty() || (head.reachesFc7() && !head.reachesFc8())) {
      facts = facts.with("classifier", classifier());
    }
    if (!beside.isEmpty()) {
      facts = facts.with("not read", LayerNames.few(beside));
    }
    int count = 0;
    for (Map.Entry<String, String> fact : file.facts().entrySet()) {
      if (count++ < MOST_FACTS && fact.getKey().length() < LONGEST_FACT) {
        facts = facts.with("file's " + fact.getKey(), cut(fact.getValue()));
      }
    }
    return facts;
  }

  private static String preprocessing(AuthorsFilters authors) {
    return authors == AuthorsFilters.NONE
        ? "assumed: that of the weights published with such names"
        : "recognized by conv1_1, whose filters are the authors'";
  }

  private String classifier() {
    String last = head.reachesFc8() ? "fc8" : head.reachesFc7() ? "fc7" : "pool5";
    return "read up to "
        + last
        + "; "
        + (head.left().isEmpty()
            ? "the file has no fc8"
            : "left out, as not of Table 1: " + LayerNames.few(head.left()));
  }

  private static String cut(String value) {
    return value.length() > LONGEST_FACT ? value.substring(0, LONGEST_FACT) + "..." : value;
  }
}
