package engineroom.door.graphql.schema;

import java.util.List;

/// What a field of `Query` or `Mutation` asks for.
public sealed interface Root {
  /// Whose rows are read or written.
  String entity();

  /// What it is in the access log: `list`.
  String verb();

  /// What is written.
  enum Writing {
    CREATE("create"),
    CREATE_MANY("create"),
    UPDATE("change"),
    UPDATE_MANY("changeMany"),
    UPSERT("upsert"),
    DELETE("delete"),
    DELETE_MANY("deleteMany");

    private final String verb;

    Writing(String verb) {
      this.verb = verb;
    }

    /// What it is in the access log.
    public String verb() {
      return verb;
    }

    /// Whether it tells how many rows it found, and shows none.
    public boolean many() {
      return this == UPDATE_MANY || this == DELETE_MANY;
    }
  }

  /// Rows.
  record Many(String entity) implements Root {
    @Override
    public String verb() {
      return "list";
    }
  }

  /// Rows with their cursors.
  record Page(String entity) implements Root {
    @Override
    public String verb() {
      return "list";
    }
  }

  /// One row by its id.
  record One(String entity) implements Root {
    @Override
    public String verb() {
      return "read";
    }
  }

  /// Totals.
  record Totals(String entity) implements Root {
    @Override
    public String verb() {
      return "aggregate";
    }
  }

  /// One row by the fields of a unique key.
  record ByKey(String entity, List<String> fields) implements Root {
    public ByKey {
      fields = List.copyOf(fields);
    }

    @Override
    public String verb() {
      return "read";
    }
  }

  /// Rows written.
  record Write(String entity, Writing what) implements Root {
    @Override
    public String verb() {
      return what.verb;
    }
  }
}
