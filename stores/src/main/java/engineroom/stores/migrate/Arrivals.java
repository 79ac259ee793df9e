package engineroom.stores.migrate;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.JsonText;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.migrate.Faults;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.operation.FieldRules;
import engineroom.operation.FieldRules.Checked;
import engineroom.problem.StoreProblem.MigrationNeeded;
import engineroom.problem.Violation;
import engineroom.stores.sql.AdoptedTable;
import engineroom.stores.sql.EntitySql;
import engineroom.stores.sql.TableNames;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// Takes the rows of somebody else's tables into tables of the program's own: looks whether they
/// fit, writes them, and proves that they are there.
final class Arrivals {
  private static final Set<String> OURS = Set.of("version", "createdAt", "updatedAt");
  private static final String CHANGE_ROWS =
      "Change these rows first, or the limits of the field in the model.";

  private final Ground ground;
  private final Migration migration;
  private final FieldRules rules;
  private final TableNames theirs;

  Arrivals(Ground ground, Migration migration, FieldRules rules) {
    this.ground = ground;
    this.migration = migration;
    this.rules = rules;
    var intake = migration.intake();
    this.theirs = new TableNames(intake.model(), ground.session().dialect(), intake.tables());
  }

  /// Rows as a number of them and a sum that says which, whatever their order.
  private record Sum(long rows, BigInteger values) {
    static final Sum NONE = new Sum(0, BigInteger.ZERO);

    Sum and(Row row, List<String> fields) {
      var digest = digest();
      for (var field : fields) {
        var value = JsonText.of(row.value(field)).getBytes(StandardCharsets.UTF_8);
        digest.update(BigInteger.valueOf(value.length).toByteArray());
        digest.update(value);
      }
      return new Sum(rows + 1, values.add(new BigInteger(1, digest.digest())));
    }

    private static MessageDigest digest() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  /// Hears of each row.
  private interface Each {
    void row(Row row);
  }

  private AdoptedTable table(String entity) {
    var table = migration.intake().tables().get(entity);
    if (table == null) {
      throw new IllegalArgumentException(entity + " is not taken in");
    }
    return table;
  }

  /// How many rows come.
  long count(String entity) {
    return number("SELECT count(*) FROM " + table(entity).name());
  }

  private long number(String sql) {
    try (var rows = ground.session().rows(sql)) {
      rows.next();
      return rows.number(0);
    }
  }

  private void theirs(String entity, Each each) {
    every(new EntitySql(theirs, migration.intake().model().entity(entity)), each);
  }

  private EntitySql ours(String entity) {
    return new EntitySql(ground.tables(migration.model()), migration.model().entity(entity));
  }

  private void every(EntitySql sql, Each each) {
    try (var rows = ground.every(sql.all())) {
      while (rows.next()) {
        each.row(sql.row(rows));
      }
    }
  }

  /// Tells what can't be taken in.
  void examine(String name, Faults faults) {
    unread(name, faults);
    var entity = migration.model().entity(name);
    theirs(name, row -> examine(entity, row, faults));
  }

  private void examine(Entity entity, Row row, Faults faults) {
    for (var field : entity.kept().values()) {
      if (!OURS.contains(field.name())
          && rules.check(field, row.value(field.name())) instanceof Checked.Bad(var violation)) {
        var place = entity.name() + " " + id(row) + ": " + field.name();
        faults.add(
            entity.name() + "." + field.name(),
            CHANGE_ROWS,
            new Violation(place, violation.code(), violation.message()));
      }
    }
  }

  private static String id(Row row) {
    var text = JsonText.of(row.id());
    return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
  }

  /// Values that are told as null, or as others than they are, would be lost.
  private void unread(String name, Faults faults) {
    var entity = migration.intake().model().entity(name);
    for (var field : entity.kept().values()) {
      var column = table(name).columns().get(field.name());
      if (column == null || column.name().isEmpty() || column.read().equals(column.name())) {
        continue;
      }
      var changed = column.read() + " IS NULL";
      if (field.type() instanceof FieldType.Decimal && column.write() != null) {
        changed += " OR " + column.write().replace("?", column.read()) + " <> " + column.name();
      }
      var rows =
          number(
              "SELECT count(*) FROM %s WHERE %s IS NOT NULL AND (%s)"
                  .formatted(table(name).name(), column.name(), changed));
      if (rows > 0) {
        var told = rows == 1 ? "1 row holds" : rows + " rows hold";
        faults.add(
            name + "." + field.name(),
            "Change these values first.",
            new Violation(
                name + "." + field.name(),
                "convert",
                told + " what is no " + field.type().type() + " of this field"));
      }
    }
  }

  /// Writes the rows of an entity into its table, which is empty.
  void move(String name, Instant now) {
    var ours = ours(name);
    theirs(
        name,
        row -> {
          var insertion = ours.insertion(whole(ours.entity(), row, now));
          try (var written = ground.session().rows(insertion.text(), insertion.values())) {
            written.next();
          }
        });
  }

  /// The row with what every row of ours has.
  private static Row whole(Entity entity, Row row, Instant now) {
    var values = new LinkedHashMap<String, Value>();
    for (var field : entity.kept().keySet()) {
      var value = row.values().getOrDefault(field, Value.NULL);
      if (field.equals("version")) {
        values.put(field, Value.of(1));
      } else if (OURS.contains(field) && value == Value.NULL) {
        values.put(field, new Value.Timestamp(now));
      } else {
        values.put(field, value);
      }
    }
    return new Row(values);
  }

  /// Refuses where a table of ours has not what the other one has.
  void prove() {
    var differing = new ArrayList<Violation>();
    for (var name : migration.intake().tables().keySet()) {
      var fields = compared(migration.intake().model().entity(name));
      var from = new Tally(fields);
      var to = new Tally(fields);
      theirs(name, from);
      every(ours(name), to);
      if (!from.sum.equals(to.sum)) {
        var words =
            "has %d rows here and %d there, or others".formatted(to.sum.rows(), from.sum.rows());
        differing.add(new Violation(name, "moved", words));
      }
    }
    if (!differing.isEmpty()) {
      throw problem(
          new MigrationNeeded(
              "Somebody wrote to the tables while their rows were moved. Nothing was changed: stop"
                  + " other programs, and try again.",
              List.copyOf(differing)));
    }
  }

  /// The fields that rows have on both sides. Two texts may be the same JSON, which a database may
  /// write in a way of its own.
  private static List<String> compared(Entity entity) {
    return entity.kept().values().stream()
        .filter(field -> !(field.type() instanceof FieldType.Json))
        .map(Field::name)
        .filter(name -> !OURS.contains(name))
        .toList();
  }

  /// Sums rows up.
  private static final class Tally implements Each {
    private final List<String> fields;
    private Sum sum = Sum.NONE;

    Tally(List<String> fields) {
      this.fields = fields;
    }

    @Override
    public void row(Row row) {
      sum = sum.and(row, fields);
    }
  }
}
