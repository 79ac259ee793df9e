package engineroom.stores.postgres;

import engineroom.expression.Words;
import engineroom.model.Entity;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.Codec;
import engineroom.stores.sql.Dialect;
import engineroom.stores.sql.Form;
import engineroom.stores.sql.Sql;
import engineroom.stores.sql.TableNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/// Functions of texts and lists in PostgreSQL's words.
///
/// Searched words are folded here, not by PostgreSQL, so that they are the evaluator's. All of a
/// row's stand in one `tsvector`, each behind the place of its field among those searched:
/// `'0:creme' '1:cake'`.
final class PostgresTexts implements Dialect.Texts {
  /// What is told apart of a word: PostgreSQL keeps no longer ones.
  private static final int WORD_MAX = 500;

  /// Bytes of a row's words: PostgreSQL keeps a megabyte, with what it notes of each.
  private static final int WORDS_MAX = 800_000;

  private final PostgresValues values;

  PostgresTexts(PostgresValues values) {
    this.values = values;
  }

  private Sql mark(Bind bind) {
    return values.mark(bind, Form.Simple.TEXT, 0);
  }

  private Sql same(Bind.Operand operand) {
    return mark(new Bind.Derived(operand, text -> text));
  }

  @Override
  public Sql startsWith(Sql text, Bind.Operand prefix) {
    return Sql.of("(", text, " ^@ ", same(prefix), ")");
  }

  @Override
  public Sql like(Sql text, Bind.Operand pattern) {
    return Sql.of("(", text, " LIKE ", same(pattern), " ESCAPE '')");
  }

  @Override
  public Sql likeLower(Sql text, Bind.Operand pattern) {
    var lower = mark(new Bind.Derived(pattern, Codec::folded));
    return Sql.of("(", text, " LIKE ", lower, " ESCAPE '')");
  }

  @Override
  public Sql contains(Sql text, Sql other) {
    return Sql.of("(strpos(", text, ", ", other, ") > 0)");
  }

  @Override
  public Sql trim(Sql text) {
    return Sql.of("btrim(", text, ", E' \\t\\n\\r')");
  }

  @Override
  public Sql size(Form form, Sql value) {
    if (form instanceof Form.Array) {
      return Sql.of("CAST(json_array_length(CAST(", value, " AS json)) AS bigint)");
    }
    var function = form == Form.Simple.BYTES ? "octet_length(" : "char_length(";
    return Sql.of("CAST(", function, value, ") AS bigint)");
  }

  @Override
  public Sql search(Entity entity, List<String> fields, Bind.Operand words, Column row) {
    var searched = TableNames.searched(entity);
    var places = fields.stream().map(searched::indexOf).toList();
    var question = new Bind.Derived(words, text -> question(places, text));
    return Sql.of("(", row.column(PostgresTableWords.SEARCH), " @@ CAST(")
        .bind(question)
        .add(" AS tsquery))");
  }

  /// Every word in one of the fields, the last as a prefix.
  private static Object question(List<Integer> places, String text) {
    var words = Words.of(text);
    var all = new ArrayList<String>();
    for (var i = 0; i < words.size(); i++) {
      var word = words.get(i);
      var end = i == words.size() - 1 ? ":*" : "";
      all.add(
          places.stream()
              .map(place -> lexeme(place, word) + end)
              .collect(Collectors.joining(" | ", "(", ")")));
    }
    return String.join(" & ", all);
  }

  private static String lexeme(int place, String word) {
    var end = word.length() <= WORD_MAX ? word.length() : word.offsetByCodePoints(0, WORD_MAX / 2);
    return "'" + place + ":" + word.substring(0, end) + "'";
  }

  /// What a row's texts are found by.
  static String words(List<String> texts) {
    var lexemes = new LinkedHashSet<String>();
    for (var place = 0; place < texts.size(); place++) {
      for (var word : Words.of(texts.get(place))) {
        lexemes.add(lexeme(place, word));
      }
    }
    var all = new StringBuilder();
    for (var lexeme : lexemes) {
      if (all.length() * 2 > WORDS_MAX) {
        break;
      }
      all.append(lexeme).append(' ');
    }
    return all.toString();
  }
}
