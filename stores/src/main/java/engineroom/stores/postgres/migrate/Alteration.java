package engineroom.stores.postgres.migrate;

import engineroom.stores.sql.TableSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What makes of a table of one shape one of another, its rows left alone.
///
/// @param opening makes room for what rows are to become
/// @param closing holds the rows to what is right from now on
record Alteration(List<String> opening, List<String> closing) {
  Alteration {
    opening = List.copyOf(opening);
    closing = List.copyOf(closing);
  }

  /// Compares. What neither shape has stays as it is.
  ///
  /// @param present what the table has indeed
  /// @param made the names of the tables that the shapes were read from
  static Alteration of(String table, Shape present, Shapes shapes, List<String> made) {
    var difference = new Difference("ALTER TABLE " + TableSql.name(table) + " ", made);
    difference.constraintsThatGo(present, shapes);
    difference.columns(present, shapes);
    difference.constraintsThatCome(shapes);
    return new Alteration(difference.opening, difference.closing);
  }

  /// The shape that a table was made in, and the one that it is to have.
  record Shapes(Shape before, Shape after) {}

  /// Collects statements.
  private static final class Difference {
    private final String alter;
    private final List<String> made;
    private final List<String> opening = new ArrayList<>();
    private final List<String> closing = new ArrayList<>();

    Difference(String alter, List<String> made) {
      this.alter = alter;
      this.made = made;
    }

    private void constraintsThatGo(Shape present, Shapes shapes) {
      for (var definition : left(shapes.before(), shapes.after()).keySet()) {
        var name = present.constraints().get(definition);
        if (name != null) {
          opening.add(alter + "DROP CONSTRAINT " + TableSql.name(name));
        }
      }
    }

    private void constraintsThatCome(Shapes shapes) {
      left(shapes.after(), shapes.before())
          .forEach(
              (definition, name) ->
                  closing.add(
                      alter
                          + "ADD "
                          + (chosen(name) ? "CONSTRAINT " + TableSql.name(name) + " " : "")
                          + definition));
    }

    /// The constraints that one shape has and another has not; one that got another name is
    /// another.
    private Map<String, String> left(Shape of, Shape without) {
      var left = new LinkedHashMap<>(of.constraints());
      left.entrySet()
          .removeIf(
              own -> {
                var other = without.constraints().get(own.getKey());
                return other != null && (own.getValue().equals(other) || !chosen(other));
              });
      return left;
    }

    /// Whether we gave the name, and not PostgreSQL, which makes it of the table's.
    private boolean chosen(String name) {
      return made.stream().noneMatch(name::startsWith);
    }

    private void columns(Shape present, Shapes shapes) {
      shapes
          .after()
          .columns()
          .forEach(
              (name, column) -> {
                var old = shapes.before().columns().get(name);
                if (old == null) {
                  comes(name, column);
                } else if (!old.equals(column) && present.columns().containsKey(name)) {
                  becomes(name, old, column);
                }
              });
      for (var name : shapes.before().columns().keySet()) {
        if (!shapes.after().columns().containsKey(name) && present.columns().containsKey(name)) {
          closing.add(alter + "DROP COLUMN " + TableSql.name(name));
        }
      }
    }

    private void comes(String name, Shape.Column column) {
      var preset = column.preset().isEmpty() ? "" : " " + column.preset();
      opening.add(alter + "ADD COLUMN " + TableSql.name(name) + " " + column.type() + preset);
      if (column.required() && !column.preset().contains("IDENTITY")) {
        closing.add(change(name) + "SET NOT NULL");
      }
    }

    private void becomes(String name, Shape.Column old, Shape.Column column) {
      if (old.required() && !column.required()) {
        opening.add(change(name) + "DROP NOT NULL");
      }
      if (!old.type().equals(column.type())) {
        var plain = column.type().replaceFirst(" COLLATE .*", "");
        closing.add(
            change(name)
                + "TYPE "
                + column.type()
                + " USING "
                + TableSql.name(name)
                + "::"
                + plain);
      }
      if (!Objects.equals(old.preset(), column.preset())) {
        var preset = column.preset();
        closing.add(change(name) + (preset.isEmpty() ? "DROP DEFAULT" : "SET " + preset));
      }
      if (!old.required() && column.required()) {
        closing.add(change(name) + "SET NOT NULL");
      }
    }

    private String change(String column) {
      return alter + "ALTER COLUMN " + TableSql.name(column) + " ";
    }
  }
}
