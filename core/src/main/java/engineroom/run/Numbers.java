package engineroom.run;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.model.NumberField;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.OperationProblem.Numbered;
import engineroom.problem.Violation;
import engineroom.store.Transaction;
import engineroom.store.Transaction.Counter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Numbers rows by the sequences of their fields: when they are created, or when they first meet
/// the condition of one. A number stays, and so does what it tells of.
final class Numbers {
  private final Map<String, List<NumberField>> fields = new LinkedHashMap<>();

  Numbers(Model model) {
    model.entities().values().forEach(entity -> fields.put(entity.name(), NumberField.of(entity)));
  }

  private List<NumberField> of(Entity entity) {
    return fields.getOrDefault(entity.name(), List.of());
  }

  /// The fields of an entity that number its rows.
  List<String> fields(Entity entity) {
    return of(entity).stream().map(NumberField::name).toList();
  }

  /// A new row with its numbers. Those given, by an administrator, are passed by the counters.
  ///
  /// @param path where the row stands in what was sent
  Row created(Transaction transaction, Entity entity, Row row, String path) {
    var numbered = row;
    for (var field : of(entity)) {
      numbered =
          row.value(field.name()) == Value.NULL
              ? counted(transaction, field, numbered)
              : given(transaction, field, numbered, path);
    }
    return numbered;
  }

  private static Row given(Transaction transaction, NumberField field, Row row, String path) {
    var number = field.number(row);
    if (number.isEmpty()) {
      var wrong =
          new Violation(
              field.name(),
              "sequence",
              "is no number of this sequence; one looks like "
                  + Answers.plain(field.value(row, field.sequence().start())));
      throw problem(new NotValid(List.of(wrong.under(path))));
    }
    transaction.passed(counter(field, row), number.getAsLong());
    return row;
  }

  private static Row counted(Transaction transaction, NumberField field, Row row) {
    if (!field.due(row)) {
      return row;
    }
    long number = transaction.next(counter(field, row), field.sequence().start());
    return row.with(field.name(), field.value(row, number));
  }

  private static Counter counter(NumberField field, Row row) {
    return new Counter(field.entity().name(), field.name(), field.scope(row));
  }

  /// A changed row with the numbers that it has become due for.
  ///
  /// @param path where the row stands in what was sent
  Row changed(Transaction transaction, Entity entity, Row row, Row current, String path) {
    var numbered = row;
    var mistakes = new ArrayList<Violation>();
    for (var field : of(entity)) {
      if (current.value(field.name()) == Value.NULL) {
        numbered = counted(transaction, field, numbered);
      } else {
        mistakes.addAll(told(field, row, current));
      }
    }
    Completion.refuse(mistakes.stream().map(mistake -> mistake.under(path)).toList());
    return numbered;
  }

  /// What would no longer be as the number tells it.
  private static List<Violation> told(NumberField field, Row row, Row current) {
    return field.fixed().stream()
        .filter(name -> !row.value(name).equals(current.value(name)))
        .map(
            name ->
                new Violation(
                    name,
                    "numbered",
                    "can't be changed any more, for "
                        + field.name()
                        + " is counted by it; create a new "
                        + field.entity().name()
                        + " instead"))
        .toList();
  }

  /// Refuses to delete a row that would leave a gap.
  void deleted(Entity entity, Row row) {
    for (var field : of(entity)) {
      if (field.sequence().gapFree() && row.value(field.name()) != Value.NULL) {
        throw problem(new Numbered(entity.name(), field.name()));
      }
    }
  }
}
