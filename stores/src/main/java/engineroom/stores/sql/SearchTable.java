package engineroom.stores.sql;

import engineroom.expression.Words;
import java.util.List;
import java.util.stream.Collectors;

/// The full-text index of an entity. It is fed words that are folded already, so that they are the
/// evaluator's words.
public final class SearchTable {
  /// The question that finds nothing.
  private static final String NOTHING = "\"\"";

  private SearchTable() {}

  /// The columns searched.
  public record Columns(List<String> names) {
    public Columns {
      names = List.copyOf(names);
    }
  }

  /// The name of an entity's index.
  public static String name(String entity) {
    return entity + "__search";
  }

  /// What the index is fed for a text.
  public static String words(String text) {
    return String.join(" ", Words.of(text));
  }

  /// The question for rows that have every word in one of the columns, the last as a prefix.
  public static String match(Columns columns, String text) {
    var words = Words.of(text);
    if (words.isEmpty()) {
      return NOTHING;
    }
    var names = columns.names().stream().map(Sql::name).collect(Collectors.joining(" "));
    return words.stream()
        .map(word -> '"' + word + '"')
        .collect(Collectors.joining(" AND ", "{" + names + "} : (", "*)"));
  }
}
