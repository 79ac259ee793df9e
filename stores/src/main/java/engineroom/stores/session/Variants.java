package engineroom.stores.session;

import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.stores.sql.Dialect.Unsayable;
import engineroom.stores.sql.ExpressionWriter;
import engineroom.stores.sql.ExpressionWriter.Given;
import engineroom.stores.sql.TableNames;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What is written of one thing: for arguments that are all there, and, where one is ever null, for
/// those. What is compared with a value that may be null is found by no index.
public final class Variants<T> {
  private final TableNames tables;
  private final Function<ExpressionWriter, Optional<T>> write;
  private final Map<Given, Optional<T>> known = new ConcurrentHashMap<>();

  /// @param write gives nothing where SQL has no words for it
  public Variants(TableNames tables, Function<ExpressionWriter, Optional<T>> write) {
    this.tables = tables;
    this.write = write;
  }

  private Optional<T> written(Given given) {
    try {
      return write.apply(new ExpressionWriter(tables, given));
    } catch (Unsayable _) {
      return Optional.empty();
    }
  }

  /// The one for arguments that are all there.
  public Optional<T> present() {
    return known.computeIfAbsent(Given.PRESENT, this::written);
  }

  /// The one for these arguments.
  public Optional<T> of(Arguments arguments) {
    var absent = arguments.values().stream().anyMatch(Variants::absent);
    return absent ? known.computeIfAbsent(Given.ANY, this::written) : present();
  }

  private static boolean absent(Value value) {
    return value == Value.NULL
        || (value instanceof Value.ListOf(var elements) && elements.contains(Value.NULL));
  }
}
