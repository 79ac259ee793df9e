package engineroom.migrate;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.NumberField;
import engineroom.store.Transaction.Counter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts rows that are there: those that have numbers, and those that get them.
public final class RowNumbers {
  private final List<NumberField> fields;
  private final Map<Counter, Long> last = new LinkedHashMap<>();

  public RowNumbers(List<NumberField> fields) {
    this.fields = List.copyOf(fields);
  }

  /// Notes the numbers that a row has.
  public void pass(Row row) {
    for (var field : fields) {
      field.number(row).ifPresent(number -> last.merge(counter(field, row), number, Math::max));
    }
  }

  /// The row with the numbers that it is due for and lacks.
  public Row number(Row row) {
    var numbered = row;
    for (var field : fields) {
      if (numbered.value(field.name()) == Value.NULL && field.due(numbered)) {
        long start = field.sequence().start();
        long number =
            last.merge(counter(field, row), start, (before, _) -> Math.max(before + 1, start));
        numbered = numbered.with(field.name(), field.value(numbered, number));
      }
    }
    return numbered;
  }

  private static Counter counter(NumberField field, Row row) {
    return new Counter(field.entity().name(), field.name(), field.scope(row));
  }

  /// The greatest number of each counter.
  public Map<Counter, Long> last() {
    return Collections.unmodifiableMap(last);
  }
}
