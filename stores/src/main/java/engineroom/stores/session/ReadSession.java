package engineroom.stores.session;

import engineroom.expression.Arguments;
import engineroom.stores.migrate.SqlSession;
import engineroom.stores.sql.Bind;
import engineroom.stores.sql.SqlText;

/// A connection that plans are read on.
public interface ReadSession extends SqlSession {
  /// What one run of a statement brings.
  default Bind.Source source(Arguments arguments, long limit, long offset) {
    return new Bind.Source(arguments, limit, offset, dialect().values());
  }

  /// How many rows the database expects where a statement counts them up to a limit.
  long estimate(SqlText few, Bind.Source source);
}
