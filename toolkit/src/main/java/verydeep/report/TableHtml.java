package verydeep.report;

import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table for a notebook. It sets no colors, so that it takes those of the page, light or dark; its
 * few styles are in the cells, since JupyterLab drops style sheets from output that it does not
 * trust. tablesaw-html would align all text alike and bring an HTML parser with it.
 */
final class TableHtml {

  /** Characters; half an em each. */
  private static final int LONG_TEXT = 32;

  private TableHtml() {}

  static String of(Table table) {
    StringBuilder html = new StringBuilder("<table style=\"border-collapse:collapse\">\n");
    html.append("<caption style=\"text-align:left;font-weight:bold;padding:4px 0\">")
        .append(escaped(table.name()))
        .append("</caption>\n<thead><tr>");
    for (Column<?> column : table.columns()) {
      html.append(open("th", column, ";vertical-align:bottom;border-bottom:1px solid"))
          .append(escaped(column.name()))
          .append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (int row = 0; row < table.rowCount(); row++) {
      html.append("<tr>");
      for (Column<?> column : table.columns()) {
        html.append(open("td", column, room(column)))
            .append(escaped(column.getString(row)))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table>").toString();
  }

  /** Long text may wrap, or the table would be wider than the page. */
  private static String room(Column<?> column) {
    int longest = 0;
    for (int row = 0; row < column.size(); row++) {
      String text = column.getString(row);
      longest = Math.max(longest, text == null ? 0 : text.length());
    }
    return longest > LONG_TEXT ? ";min-width:" + LONG_TEXT / 2 + "em" : ";white-space:nowrap";
  }

  private static String open(String tag, Column<?> column, String style) {
    String side = column instanceof NumericColumn ? "right" : "left";
    return "<" + tag + " style=\"text-align:" + side + ";padding:2px 8px" + style + "\">";
  }

  private static String escaped(String text) {
    if (text == null) {
      return "";
    }
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
