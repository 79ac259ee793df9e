package engineroom.stores.mariadb;

import engineroom.operation.FieldRules;
import engineroom.stores.MariaAddress;
import engineroom.stores.adopt.Catalogue.Column;
import engineroom.stores.adopt.Catalogue.Table;
import engineroom.stores.adopt.Findings;
import engineroom.stores.adopt.Served;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Finds out what somebody else's tables hold. In MariaDB a column's type tells.
public final class MariaAdoption {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int DIGITS_MAX = 18;

  private MariaAdoption() {}

  /// Looks through a database. Changes nothing.
  public static Findings find(MariaAddress address) {
    var rules = new FieldRules((_, _) -> List.of());
    try (var database = MariaDatabase.unmade(address, rules)) {
      return database.read(
          LIMIT,
          connection -> Findings.of(MariaCatalogue.readOwn(connection), MariaAdoption::served));
    }
  }

  private static Served served(Table table, Column column) {
    var type = column.type();
    if (!column.values().isEmpty()) {
      return new Served.As("enum", Map.of("values", column.values()));
    }
    var text = MariaColumnWords.TEXT.matcher(type);
    if (text.matches()) {
      return text(table, column, text.group(1));
    }
    var exact = MariaColumnWords.EXACT.matcher(type);
    if (exact.matches() && Integer.parseInt(exact.group(1)) <= DIGITS_MAX) {
      var options = new LinkedHashMap<String, Object>();
      options.put("precision", Integer.parseInt(exact.group(1)));
      options.put("scale", Integer.parseInt(exact.group(2)));
      return new Served.As("decimal", options);
    }
    if (MariaColumnWords.whole(type)) {
      return new Served.As("integer");
    }
    if (MariaColumnWords.MOMENT.matcher(type).matches()) {
      return new Served.As("timestamp");
    }
    return switch (type) {
      case "double", "float" -> new Served.As("number");
      case "date" -> new Served.As("date");
      default ->
          type.contains("blob") || type.contains("binary")
              ? new Served.As("bytes")
              : new Served.Not("there is no type for " + type);
    };
  }

  /// By a collation two texts may be the same that are two ids to everybody else.
  private static Served text(Table table, Column column, String length) {
    boolean key =
        table.primaryKey().contains(column.name())
            || table.foreignKeys().stream()
                .anyMatch(foreign -> foreign.columns().contains(column.name()));
    if (key) {
      return new Served.Not("texts are no keys here, as their collation makes one of two");
    }
    return length == null
        ? new Served.As("text")
        : new Served.As("text", Map.of("max", Integer.parseInt(length)));
  }
}
