package engineroom.seed;

import engineroom.json.Json;
import engineroom.model.Entity;
import engineroom.operation.Input;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers rows until there are enough for the sink; after the first mistake it only looks for more
/// of them.
final class Batches {
  private final RowReader reader;
  private final Sink sink;
  private final Tally tally;
  private final List<Input> rows = new ArrayList<>();
  private final List<SeedMistake> mistakes = new ArrayList<>();
  private @Nullable Entity entity;

  Batches(RowReader reader, Sink sink, Tally tally) {
    this.reader = reader;
    this.sink = sink;
    this.tally = tally;
  }

  InputStream counted(InputStream in) {
    return tally.counted(in);
  }

  void row(Entity of, SeedPlace place, Json.Obj row) {
    entity = of;
    rows.add(reader.read(of, row, (field, message) -> mistake(place, field, message)));
    if (rows.size() == SeedFolder.BATCH) {
      finish();
    }
  }

  void mistake(SeedPlace place, @Nullable String field, String message) {
    mistakes.add(new SeedMistake(place.file(), place.line(), field, message));
    if (mistakes.size() >= SeedFolder.MISTAKES_MAX) {
      throw new SeedRefused(mistakes);
    }
  }

  /// Hands on what is left.
  void finish() {
    if (rows.isEmpty() || entity == null) {
      return;
    }
    if (mistakes.isEmpty()) {
      sink.accept(entity.name(), List.copyOf(rows));
    }
    tally.rows(rows.size());
    rows.clear();
  }

  /// How many rows there were.
  long end() {
    if (!mistakes.isEmpty()) {
      throw new SeedRefused(mistakes);
    }
    return tally.rows();
  }
}
