package engineroom.door.rest;

import engineroom.door.query.Parameters;
import engineroom.door.query.QuerySettings;
import engineroom.door.query.SelectionReader;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.http.Response;
import engineroom.model.Entity;
import engineroom.operation.Operation.OnConflict;
import engineroom.operation.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a write is to be done, as parameters say.
///
/// @param answer what is shown of the rows written
/// @param by the unique key that rows are found by; empty where none is named
/// @param max how many rows a filter may find
record WriteOptions(
    Selection answer,
    Keeping keeping,
    Atomic atomic,
    List<String> by,
    @Nullable OnConflict onConflict,
    int max) {
  private static final List<String> OF_ONE = List.of("fields", "expand", "validate");
  private static final List<String> OF_ROWS =
      List.of("fields", "expand", "validate", "atomic", "by", "onConflict");

  /// Whether the effect stays.
  enum Keeping {
    KEPT,
    VALIDATED
  }

  /// Whether many rows are written all or none, or each for itself.
  enum Atomic {
    ALL,
    EACH
  }

  /// Of a write that shows one row.
  static WriteOptions ofOne(Ask ask, QuerySettings settings) {
    var parameters = begun(ask);
    var keeping = keeping(parameters);
    var answer = answer(ask, parameters, settings);
    parameters.refuseRest(OF_ONE);
    return new WriteOptions(answer, keeping, Atomic.ALL, List.of(), null, 0);
  }

  /// Of a write of new rows, or of rows found by a key.
  static WriteOptions ofRows(Ask ask, QuerySettings settings) {
    return ofRows(ask, begun(ask), settings);
  }

  /// Of a write of rows while they come.
  static WriteOptions ofStream(Ask ask, QuerySettings settings) {
    refuseHeaders(ask);
    if (ask.request().headers().find("Idempotency-Key").isPresent()) {
      throw Parameters.bad(
          "Idempotency-Key is not for rows that are written while they come.",
          "Leave it out: with by and onConflict, rows can be sent again and change nothing twice.");
    }
    return ofRows(ask, ask.parameters(), settings);
  }

  private static WriteOptions ofRows(Ask ask, Parameters parameters, QuerySettings settings) {
    var keeping = keeping(parameters);
    var atomic = atomic(parameters, keeping);
    var by = by(ask, parameters.takeList("by"));
    var onConflict = onConflict(ask, parameters, by);
    var answer = answer(ask, parameters, settings);
    parameters.refuseRest(OF_ROWS);
    return new WriteOptions(answer, keeping, atomic, by, onConflict, 0);
  }

  /// Of a write that shows nothing.
  static WriteOptions ofNothing(Ask ask) {
    Bodies.none(ask.request());
    var parameters = begun(ask);
    var keeping = keeping(parameters);
    parameters.refuseRest(List.of("validate"));
    return new WriteOptions(Selection.ALL, keeping, Atomic.ALL, List.of(), null, 0);
  }

  /// Of a write of what a filter finds; the filter's parameters stay.
  static WriteOptions ofMany(Ask ask, Parameters parameters) {
    refuseHeaders(ask);
    refuseVersion(ask);
    var keeping = keeping(parameters);
    var max = max(parameters.take("max").orElse(null));
    return new WriteOptions(Selection.ALL, keeping, Atomic.ALL, List.of(), null, max);
  }

  private static Parameters begun(Ask ask) {
    Bodies.acceptsJson(ask.request());
    refuseHeaders(ask);
    return ask.parameters();
  }

  private static void refuseHeaders(Ask ask) {
    if (ask.request().headers().find("If-None-Match").isPresent()) {
      throw Parameters.bad("If-None-Match is for reads only.", "Use If-Match with the row's ETag.");
    }
  }

  private static void refuseVersion(Ask ask) {
    if (ask.request().headers().find("If-Match").isPresent()) {
      throw Parameters.bad(
          "If-Match is about one row.", "Leave it out, or write the rows one by one.");
    }
  }

  private static Keeping keeping(Parameters parameters) {
    var validate = parameters.take("validate");
    if (validate.isPresent() && !validate.get().equals("only")) {
      throw Parameters.bad("validate can't be " + validate.get() + ".", "Write validate=only.");
    }
    return validate.isPresent() ? Keeping.VALIDATED : Keeping.KEPT;
  }

  private static Atomic atomic(Parameters parameters, Keeping keeping) {
    var atomic = parameters.take("atomic").orElse("true");
    return switch (atomic) {
      case "true" -> Atomic.ALL;
      case "false" -> {
        if (keeping == Keeping.VALIDATED) {
          throw Parameters.bad(
              "validate=only and atomic=false exclude each other.", "Leave out one of them.");
        }
        yield Atomic.EACH;
      }
      default -> throw Parameters.bad("atomic is neither true nor false.", null);
    };
  }

  /// A key must be a declared one, and nothing else is told of what the caller can't see.
  private static List<String> by(Ask ask, List<String> fields) {
    for (var field : fields) {
      if (ask.names().findField(ask.entity(), field).isEmpty()) {
        throw ask.names().unknown(ask.entity(), field);
      }
    }
    var given = new HashSet<>(fields);
    for (var key : keys(ask)) {
      if (given.equals(new HashSet<>(key))) {
        return key;
      }
    }
    if (fields.isEmpty()) {
      return List.of();
    }
    throw Parameters.bad(
        String.join(" and ", fields) + " is not unique, so no row can be found by it.",
        "Use "
            + String.join(" or ", keys(ask).stream().map(k -> "by=" + String.join(",", k)).toList())
            + ".");
  }

  private static List<List<String>> keys(Ask ask) {
    var keys = new ArrayList<List<String>>();
    keys.add(List.of("id"));
    Entity entity = ask.entity();
    for (var unique : entity.keys().uniques()) {
      if (ask.names().of(entity.name()).containsAll(unique)) {
        keys.add(unique);
      }
    }
    return keys;
  }

  private static @Nullable OnConflict onConflict(Ask ask, Parameters parameters, List<String> by) {
    refuseVersionOfRows(ask);
    var text = parameters.take("onConflict");
    if (text.isEmpty()) {
      if (!by.isEmpty() && ask.request().method().equals("POST")) {
        throw Parameters.bad(
            "by says how a row is found, but not what becomes of it.",
            "Add onConflict=ignore or onConflict=update, or use PUT.");
      }
      return null;
    }
    if (ask.request().method().equals("PUT")) {
      throw Parameters.bad(
          "PUT replaces what is there, so there is no onConflict.", "Leave it out, or use POST.");
    }
    return switch (text.get()) {
      case "ignore" -> OnConflict.IGNORE;
      case "update" -> {
        if (by.isEmpty()) {
          throw Parameters.bad(
              "onConflict=update needs a key.", "Name a unique field, as in by=sku.");
        }
        yield OnConflict.MERGE;
      }
      default ->
          throw Parameters.bad(
              "onConflict can't be " + text.get() + ".", "Write ignore or update.");
    };
  }

  private static void refuseVersionOfRows(Ask ask) {
    if (ask.request().headers().find("If-Match").isPresent()) {
      throw Parameters.bad(
          "If-Match is about a row at its own address.",
          "Leave it out, or write to /api/" + ask.entity().plural() + "/{id}.");
    }
  }

  private static Selection answer(Ask ask, Parameters parameters, QuerySettings settings) {
    var filters = ask.filters();
    var answer = new SelectionReader(ask.entity(), filters, settings).read(parameters);
    if (filters.argumentCount() > 0) {
      throw Parameters.bad("The answer to a write can't filter lists.", "Read the row afterwards.");
    }
    return answer;
  }

  private static int max(@Nullable String text) {
    if (text == null) {
      throw Parameters.bad(
          "A write of many rows needs max.",
          "Say how many rows may be concerned at most, as in max=100; beyond it nothing is done.");
    }
    if (!text.matches("\\d{1,5}")
        || Integer.parseInt(text) < 1
        || Integer.parseInt(text) > RestDoor.FOUND_ROWS_MAX) {
      throw Parameters.bad(
          "max is not a whole number from 1 to " + RestDoor.FOUND_ROWS_MAX + ".", null);
    }
    return Integer.parseInt(text);
  }

  /// Refuses `atomic` for a single row.
  void refuseAtomic() {
    if (atomic == Atomic.EACH) {
      throw Parameters.bad("atomic is for many rows.", "Send an array or NDJSON, or leave it out.");
    }
  }

  /// The answer to the write; where it is only validated, its effect is undone.
  Response answered(Ask ask, Function<Ask, Response> write) {
    if (keeping == Keeping.KEPT) {
      return write.apply(ask);
    }
    try {
      return ask.runner()
          .together(
              session -> {
                throw new Undone(write.apply(ask.within(session)));
              });
    } catch (Undone undone) {
      return validated(undone.response);
    }
  }

  /// What would have been answered, but for what speaks of a row that is not there.
  private static Response validated(Response response) {
    if (response.status() >= 300 || !response.headers().containsKey("Content-Type")) {
      return response;
    }
    var type = response.headers().getOrDefault("Content-Type", "");
    return new Response(200, Map.of("Content-Type", type), response.body());
  }

  /// Carries an answer out of work that is not kept.
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Response response;

    Undone(Response response) {
      super("only validated", null, false, false);
      this.response = response;
    }
  }
}
