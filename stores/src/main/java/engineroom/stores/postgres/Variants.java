package engineroom.stores.postgres;

import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.stores.sql.Dialect.Unsayable;
import engineroom.stores.sql.ExpressionWriter;
import engineroom.stores.sql.ExpressionWriter.Given;
import engineroom.stores.sql.TableNames;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is written of one thing: for arguments that are all there, and, where one is ever null, for
/// those. What is compared with a value that may be null is found by no index.
final class Variants<T> {
  private final TableNames tables;
  private final Function<ExpressionWriter, Optional<T>> write;
  private final Optional<T> present;
  private volatile @Nullable Optional<T> any;

  /// @param write gives nothing where SQL has no words for it
  Variants(TableNames tables, Function<ExpressionWriter, Optional<T>> write) {
    this.tables = tables;
    this.write = write;
    this.present = written(Given.PRESENT);
  }

  private Optional<T> written(Given given) {
    try {
      return write.apply(new ExpressionWriter(tables, given));
    } catch (Unsayable _) {
      return Optional.empty();
    }
  }

  /// The one for arguments that are all there.
  Optional<T> present() {
    return present;
  }

  /// The one for these arguments.
  Optional<T> of(Arguments arguments) {
    if (arguments.values().stream().noneMatch(Variants::absent)) {
      return present;
    }
    var known = any;
    if (known == null) {
      known = written(Given.ANY);
      any = known;
    }
    return known;
  }

  private static boolean absent(Value value) {
    return value == Value.NULL
        || (value instanceof Value.ListOf(var elements) && elements.contains(Value.NULL));
  }
}
