package engineroom.door.rest;

import engineroom.data.Value;
import engineroom.door.query.Parameters;
import engineroom.door.query.QuerySettings;
import engineroom.door.query.SelectionReader;
import engineroom.door.rest.RestDoor.Ask;
import engineroom.http.Response;
import engineroom.operation.Operation.Recount;
import engineroom.operation.Operation.Restore;
import engineroom.outcome.Outcome;
import java.util.List;

/// Answers what is asked of the versions of a row.
final class RestHistory {
  /// The part of paths that stands for it, where an entity keeps a history.
  static final String PATH = "history";

  private final QuerySettings settings;

  RestHistory(QuerySettings settings) {
    this.settings = settings;
  }

  /// `GET /api/products/{id}/history`.
  Response list(Ask ask, Value id) {
    Bodies.none(ask.request());
    Bodies.acceptsJson(ask.request());
    var parameters = ask.parameters();
    var limit = parameters.take("limit");
    var after = parameters.take("after");
    parameters.refuseRest(List.of("limit", "after"));
    var rows = limit.map(text -> SelectionReader.limit(text, settings));
    var recount =
        new Recount(
            ask.entity().name(),
            id,
            after.map(RestHistory::number).orElse(Long.MAX_VALUE),
            rows.orElse(settings.pageDefault()));
    return answer(ask, ask.runner().run(recount, ask.request().call()));
  }

  private static Response answer(Ask ask, Outcome outcome) {
    if (outcome == Outcome.Missing.MISSING) {
      throw Answers.missing(ask.entity().name());
    }
    if (!(outcome instanceof Outcome.Listed listed)) {
      throw RestReads.unexpected(outcome);
    }
    var last = listed.next();
    var next = last == null ? null : text(last.getFirst());
    var response = Answers.rows(listed.rows(), next, listed);
    return Answers.unlessKnown(ask.request(), RestReads.linked(ask.request(), response, next));
  }

  private static String text(Value number) {
    return number instanceof Value.Integer(var whole) ? Long.toString(whole) : "";
  }

  private static long number(String text) {
    if (!text.matches("\\d{1,18}")) {
      throw Parameters.bad(
          "after can't be " + text + ".", "Send the page.next of the page before.");
    }
    return Long.parseLong(text);
  }

  /// `POST /api/products/{id}/history/{version}/restore`.
  Response restore(Ask ask, Value id, String version) {
    Bodies.none(ask.request());
    var options = WriteOptions.ofOne(ask, settings);
    if (!version.matches("\\d{1,18}")) {
      throw Answers.missing(ask.entity().name());
    }
    var restore =
        new Restore(
            ask.entity().name(),
            id,
            Long.parseLong(version),
            Answers.ifVersion(ask.request()),
            options.answer());
    return options.answered(
        ask, at -> Answers.one(at, at.runner().run(restore, at.request().call())));
  }
}
