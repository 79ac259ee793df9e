package engineroom.door.graphql.schema;

import java.util.List;

/// What a field of `Query` or `Mutation` asks for.
public sealed interface Root {
  /// Whose rows are read or written.
  String entity();

  /// What it is in the access log: `list`.
  String verb();

  /// What is read.
  enum Reading {
    LIST("list"),
    PAGE("list"),
    ONE("read"),
    SUMMARY("aggregate");

    private final String verb;

    Reading(String verb) {
      this.verb = verb;
    }
  }

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
  }

  /// Rows, one row by its id, or totals.
  record Read(String entity, Reading what) implements Root {
    @Override
    public String verb() {
      return what.verb;
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
