package engineroom.migrate;

import engineroom.model.History;
import java.util.List;
import java.util.Map;

/// One step from what a database holds to what the model says.
public sealed interface Step {
  /// The entity concerned, by its name in the model, or by its last one.
  String entity();

  /// What is done, in words: `rename product.title to product.name`.
  String words();

  record CreateEntity(String entity) implements Step {
    @Override
    public String words() {
      return "create " + entity;
    }
  }

  record DropEntity(String entity) implements Step {
    @Override
    public String words() {
      return "drop " + entity;
    }
  }

  /// Versions of rows are kept from now on, and those that are there are the first.
  record KeepHistory(String entity) implements Step {
    @Override
    public String words() {
      return "keep the history of " + entity;
    }
  }

  /// Versions of rows are kept no longer, and those that were are lost.
  record ForgetHistory(String entity) implements Step {
    @Override
    public String words() {
      return "forget the history of " + entity;
    }
  }

  record RenameEntity(String from, String entity) implements Step {
    @Override
    public String words() {
      return "rename " + from + " to " + entity;
    }
  }

  /// A new field.
  ///
  /// @param filled whether present rows get a value
  record AddField(String entity, String field, boolean filled) implements Step {
    @Override
    public String words() {
      return "add " + entity + "." + field;
    }
  }

  record DropField(String entity, String field) implements Step {
    @Override
    public String words() {
      return History.isPast(entity)
          ? "drop " + field + " from the history of " + History.present(entity)
          : "drop " + entity + "." + field;
    }
  }

  /// A computed field is not kept any more: nothing is lost that could not be worked out.
  record DropComputed(String entity, String field) implements Step {
    @Override
    public String words() {
      return "drop " + entity + "." + field + ", which was computed";
    }
  }

  /// A computed field is worked out anew in every row.
  record Compute(String entity, String field) implements Step {
    @Override
    public String words() {
      return "compute " + entity + "." + field + " anew";
    }
  }

  record RenameField(String entity, String from, String field) implements Step {
    @Override
    public String words() {
      return "rename " + entity + "." + from + " to " + entity + "." + field;
    }
  }

  /// Every value that was right stays right.
  ///
  /// @param change in words: `max from 80 to 120`
  record Widen(String entity, String field, String change) implements Step {
    @Override
    public String words() {
      return "widen " + entity + "." + field + ": " + change;
    }
  }

  /// A value may be wrong from now on, so each row is looked at before anything changes.
  record Narrow(String entity, String field, String change) implements Step {
    @Override
    public String words() {
      return "narrow " + entity + "." + field + ": " + change;
    }
  }

  /// Each value becomes one of another type, or is refused.
  record Convert(String entity, String field, String change) implements Step {
    @Override
    public String words() {
      return "convert " + entity + "." + field + ": " + change;
    }
  }

  /// Values of an enum get new names.
  record MapValues(String entity, String field, Map<String, String> values) implements Step {
    public MapValues {
      values = Map.copyOf(values);
    }

    @Override
    public String words() {
      var pairs = values.entrySet().stream().map(e -> e.getKey() + " to " + e.getValue()).sorted();
      return "rename values of " + entity + "." + field + ": " + String.join(", ", pairs.toList());
    }
  }

  /// Rows get the numbers that they lack, and are counted.
  record Number(String entity, String field) implements Step {
    @Override
    public String words() {
      return "number " + entity + " by " + field + ", in the order of createdAt";
    }
  }

  record AddUnique(String entity, List<String> fields) implements Step {
    public AddUnique {
      fields = List.copyOf(fields);
    }

    @Override
    public String words() {
      return "make unique in " + entity + ": " + String.join(", ", fields);
    }
  }

  record DropUnique(String entity, List<String> fields) implements Step {
    public DropUnique {
      fields = List.copyOf(fields);
    }

    @Override
    public String words() {
      return "no longer unique in " + entity + ": " + String.join(", ", fields);
    }
  }

  record AddIndex(String entity, List<String> fields) implements Step {
    public AddIndex {
      fields = List.copyOf(fields);
    }

    @Override
    public String words() {
      return "index " + entity + ": " + String.join(", ", fields);
    }
  }

  record DropIndex(String entity, List<String> fields) implements Step {
    public DropIndex {
      fields = List.copyOf(fields);
    }

    @Override
    public String words() {
      return "drop index of " + entity + ": " + String.join(", ", fields);
    }
  }

  record AddCheck(String entity, String check) implements Step {
    @Override
    public String words() {
      return "check " + entity + ": " + check;
    }
  }

  record DropCheck(String entity, String check) implements Step {
    @Override
    public String words() {
      return "drop check of " + entity + ": " + check;
    }
  }

  /// Other fields are searched.
  record Search(String entity, List<String> fields) implements Step {
    public Search {
      fields = List.copyOf(fields);
    }

    @Override
    public String words() {
      return fields.isEmpty()
          ? "search no field of " + entity
          : "search in " + entity + ": " + String.join(", ", fields);
    }
  }

  /// What only the engine acts by: a default, what happens when a row referred to goes.
  record Note(String entity, String field, String change) implements Step {
    @Override
    public String words() {
      return "note " + entity + "." + field + ": " + change;
    }
  }

  /// A step towards an entity that is gone.
  static Step drop(String entity) {
    return History.isPast(entity)
        ? new ForgetHistory(History.present(entity))
        : new DropEntity(entity);
  }

  /// A step towards a new entity.
  static Step create(String entity) {
    return History.isPast(entity)
        ? new KeepHistory(History.present(entity))
        : new CreateEntity(entity);
  }

  /// Whether it is told by itself: versions of rows go the way that the rows go.
  default boolean told() {
    return !History.isPast(entity()) || this instanceof DropField;
  }

  /// What a step costs.
  enum Mark {
    /// No row is read or written.
    SAFE,
    /// Rows are read or written; nothing is lost.
    SLOW,
    /// Values are lost.
    DESTRUCTIVE
  }

  /// A step, what it costs, and the rows that it concerns; for a drop those that hold a value.
  record Planned(Step step, Mark mark, long rows) {}
}
