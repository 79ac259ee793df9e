package engineroom.door.transfer;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.query.AsOf;
import engineroom.door.query.CsvWriter;
import engineroom.door.query.Filters;
import engineroom.door.query.ListReader;
import engineroom.door.query.Names;
import engineroom.door.query.Parameters;
import engineroom.http.Request;
import engineroom.http.Response;
import engineroom.json.FieldReader;
import engineroom.model.Entity;
import engineroom.problem.RequestProblem.NotAcceptable;
import engineroom.problem.RequestProblem.OverLimit;
import engineroom.transfer.Exporter;
import engineroom.transfer.Exporter.Question;
import engineroom.transfer.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Answers `GET /api/products/export` with every row that the question finds, written as it is
/// read.
final class ExportAnswer {
  private static final List<String> PAGE = List.of("limit", "after", "offset", "count", "explain");
  private static final int BUFFER = 1 << 16;
  private static final int WAIT_SECONDS = 30;

  private final ListReader lists;
  private final Exporter exporter;
  private final Semaphore free = new Semaphore(TransferDoor.FILES_MAX);

  ExportAnswer(ListReader lists, Exporter exporter) {
    this.lists = lists;
    this.exporter = exporter;
  }

  Response of(Request request, Entity entity, Names names) {
    var format = format(request);
    var parameters = Parameters.parse(request.query());
    for (var name : PAGE) {
      if (parameters.take(name).isPresent()) {
        throw Parameters.bad(
            "There is no " + name + " here: an export has every row.",
            "Leave it out, or ask /api/" + entity.plural() + ".");
      }
    }
    var reader = new FieldReader(names.model());
    var asOf = AsOf.take(parameters, reader);
    var filters = new Filters(names, reader);
    var find = lists.read(entity, parameters, filters, _ -> Optional.empty()).find();
    var question = new Question(find, asOf.moment());
    exporter.check(question, request.call());
    if (free.availablePermits() == 0) {
      throw busy();
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", format.mediaType());
    headers.put(
        "Content-Disposition",
        "attachment; filename=\"" + entity.plural() + "." + format.ending() + "\"");
    var csv = new CsvWriter(entity, find.query().selection(), names);
    return new Response(
        200, headers, new Response.Body.Stream(out -> write(request, question, format, csv, out)));
  }

  private static RuntimeException busy() {
    return problem(
        new OverLimit(
            "requests", TransferDoor.FILES_MAX + " exports are on their way. Try again soon."));
  }

  private static Format format(Request request) {
    var accept = request.headers().find("Accept").orElse("*/*").toLowerCase(Locale.ROOT);
    for (var format : List.of(Format.CSV, Format.NDJSON, Format.JSON)) {
      if (accept.contains(format.mediaType())) {
        return format;
      }
    }
    if (accept.contains("*/*")) {
      return Format.JSON;
    }
    throw problem(
        new NotAcceptable(
            "No type in Accept is written here.",
            "Accept text/csv, application/x-ndjson or application/json."));
  }

  private void write(
      Request request, Question question, Format format, CsvWriter csv, OutputStream to)
      throws IOException {
    try {
      if (!free.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    try {
      var out = new BufferedOutputStream(to, BUFFER);
      var rows = rows(format, csv, out);
      exporter.run(question, request.call(), rows);
      rows.end();
      out.flush();
    } finally {
      free.release();
    }
  }

  /// Rows on their way out.
  private interface Rows extends Exporter.Rows {
    void end() throws IOException;
  }

  private static Rows rows(Format format, CsvWriter csv, OutputStream out) throws IOException {
    return switch (format) {
      case CSV -> {
        csv.header(out);
        yield lines(some -> csv.rows(some, out));
      }
      case NDJSON ->
          lines(
              some -> {
                for (var row : some) {
                  out.write(row);
                  out.write('\n');
                }
              });
      case JSON -> new Array(out);
    };
  }

  private static Rows lines(Exporter.Rows rows) {
    return new Rows() {
      @Override
      public void take(List<byte[]> some) throws IOException {
        rows.take(some);
      }

      @Override
      public void end() {}
    };
  }

  /// One JSON array, a row a line.
  private static final class Array implements Rows {
    private final OutputStream out;
    private boolean first = true;

    Array(OutputStream out) throws IOException {
      this.out = out;
      out.write('[');
    }

    @Override
    public void take(List<byte[]> some) throws IOException {
      for (var row : some) {
        if (!first) {
          out.write(',');
        }
        out.write('\n');
        out.write(row);
        first = false;
      }
    }

    @Override
    public void end() throws IOException {
      out.write('\n');
      out.write(']');
    }
  }
}
