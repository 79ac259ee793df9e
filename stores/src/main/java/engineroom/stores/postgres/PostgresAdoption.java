package engineroom.stores.postgres;

import engineroom.migrate.MigrationPlan.Loss;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.stores.Database.Migrated;
import engineroom.stores.Database.Taking;
import engineroom.stores.PostgresAddress;
import engineroom.stores.adopt.AdoptedFit;
import engineroom.stores.adopt.AdoptedFit.Fitted;
import engineroom.stores.adopt.Catalogue.Column;
import engineroom.stores.adopt.Findings;
import engineroom.stores.adopt.Ownership;
import engineroom.stores.adopt.Served;
import engineroom.stores.migrate.SharedSteps;
import engineroom.stores.postgres.migrate.PostgresFit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Finds out what somebody else's tables hold, and how they are served and come to be owned. In
/// PostgreSQL a column's type tells.
public final class PostgresAdoption {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Pattern LENGTH = Pattern.compile("character(?: varying)?\\((\\d+)\\)");
  private static final int DIGITS_MAX = 18;

  private PostgresAdoption() {}

  /// Looks through a database. Changes nothing.
  public static Findings find(PostgresAddress address) {
    var rules = new FieldRules((_, _) -> List.of());
    try (var database = PostgresDatabase.unmade(address.in("engineroom"), rules)) {
      return database.read(
          LIMIT,
          connection ->
              Findings.of(PostgresCatalogue.read(connection), (_, column) -> served(column)));
    } catch (PostgresFailure e) {
      throw PostgresProblems.told(e, LIMIT);
    }
  }

  /// How tables of somebody else's are served.
  static Fitted adopted(PostgresFit there, Model model) {
    return AdoptedFit.concerns(model)
        ? AdoptedFit.of(
            model, PostgresCatalogue.read(there.ground().session()), new PostgresColumnWords())
        : Fitted.NONE;
  }

  private static Ownership ownership(PostgresFit there, Model served) {
    var catalogue = PostgresCatalogue.read(there.ground().session());
    return Ownership.of(served, catalogue, adopted(there, served));
  }

  static Taking taking(PostgresFit there, Model served, Model owning) {
    var ownership = ownership(there, served);
    var plan = there.plan(owning, ownership.intake());
    return new Taking(SharedSteps.and(plan, ownership.faults()), ownership.changes());
  }

  static Migrated take(PostgresFit there, Model served, Model owning) {
    var ownership = ownership(there, served);
    SharedSteps.refuseMisfits(ownership.faults());
    return there.migrate(owning, Loss.REFUSED, ownership.intake());
  }

  private static Served served(Column column) {
    if (!column.values().isEmpty()) {
      return new Served.As("enum", Map.of("values", column.values()));
    }
    var type = column.type();
    return switch (type) {
      case "smallint" -> whole(Short.MIN_VALUE, Short.MAX_VALUE);
      case "integer" -> whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
      case "bigint" -> new Served.As("integer");
      case "text", "character varying" -> new Served.As("text");
      case "boolean", "uuid", "date" -> new Served.As(type);
      case "double precision", "real" -> new Served.As("number");
      case "bytea" -> new Served.As("bytes");
      case "json", "jsonb" -> new Served.As("json");
      default -> withOptions(type);
    };
  }

  private static Served whole(long min, long max) {
    var options = new LinkedHashMap<String, Object>();
    options.put("min", min);
    options.put("max", max);
    return new Served.As("integer", options);
  }

  private static Served withOptions(String type) {
    var length = LENGTH.matcher(type);
    if (length.matches()) {
      return new Served.As("text", Map.of("max", Integer.parseInt(length.group(1))));
    }
    var exact = PostgresColumnWords.EXACT.matcher(type);
    if (exact.matches() && Integer.parseInt(exact.group(1)) <= DIGITS_MAX) {
      var options = new LinkedHashMap<String, Object>();
      options.put("precision", Integer.parseInt(exact.group(1)));
      options.put("scale", Integer.parseInt(exact.group(2)));
      return new Served.As("decimal", options);
    }
    if (type.startsWith("timestamp")) {
      return new Served.As("timestamp");
    }
    if (type.startsWith("time") && type.endsWith("without time zone")) {
      return new Served.As("time");
    }
    return new Served.Not(
        type.startsWith("numeric")
            ? type + " holds numbers that no decimal of " + DIGITS_MAX + " digits does"
            : "there is no type for " + type);
  }
}
