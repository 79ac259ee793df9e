package engineroom.stores.mariadb;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.expression.Words;
import engineroom.stores.mariadb.brand.Brand;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.Sql;
import engineroom.stores.sql.TableNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The words of rows that are searched: a row of the table for each word, with the place of its
/// field among those searched. It goes with the row that it is of.
final class WordTable {
  /// Characters of a word that are told apart.
  private static final int WORD_MAX = 240;

  /// Words that one statement adds.
  private static final int TOGETHER = 500;

  private WordTable() {}

  static String type(Brand brand) {
    return "VARCHAR(" + WORD_MAX + ") CHARACTER SET utf8mb4 COLLATE " + brand.collation();
  }

  static String name(String entity) {
    return MariaTableWords.shortened(entity + "__words");
  }

  /// What is kept of a word.
  static String told(String word) {
    return word.codePointCount(0, word.length()) <= WORD_MAX
        ? word
        : word.substring(0, word.offsetByCodePoints(0, WORD_MAX));
  }

  /// A word of a field.
  private record Told(int place, String word) {}

  /// Adds the words of a new row.
  static void add(MariaConnection connection, EntitySql sql, Row row) {
    var all = List.copyOf(words(sql, row));
    var id = sql.id(row.id());
    for (var at = 0; at < all.size(); at += TOGETHER) {
      var some = all.subList(at, Math.min(all.size(), at + TOGETHER));
      var values = new ArrayList<>();
      for (var told : some) {
        values.addAll(Collections.singletonList(id));
        values.add((long) told.place());
        values.add(told.word());
      }
      var marks = String.join(", ", Collections.nCopies(some.size(), "(?, ?, ?)"));
      var table = Sql.name(name(sql.entity().name()));
      connection.run(
          "INSERT INTO " + table + " (id, place, word) VALUES " + marks, values.toArray());
    }
  }

  /// Puts the words of a row in place of those that it had.
  static void replace(MariaConnection connection, EntitySql sql, Row row) {
    forget(connection, sql, row.id());
    add(connection, sql, row);
  }

  /// Removes the words of a row.
  static void forget(MariaConnection connection, EntitySql sql, Value id) {
    if (!TableNames.searched(sql.entity()).isEmpty()) {
      var table = Sql.name(name(sql.entity().name()));
      connection.run("DELETE FROM " + table + " WHERE id = ?", sql.id(id));
    }
  }

  private static Set<Told> words(EntitySql sql, Row row) {
    var words = new LinkedHashSet<Told>();
    var place = 0;
    for (var field : TableNames.searched(sql.entity())) {
      if (row.value(field) instanceof Value.Text(var text)) {
        for (var word : Words.of(text)) {
          words.add(new Told(place, told(word)));
        }
      }
      place++;
    }
    return words;
  }
}
