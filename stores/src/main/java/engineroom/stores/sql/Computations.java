package engineroom.stores.sql;

import engineroom.data.Value;
import engineroom.expression.Arguments;
import engineroom.expression.Evaluator;
import engineroom.expression.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The computations that statements of one database mention, by number.
public final class Computations {
  private final List<Computation> all = new CopyOnWriteArrayList<>();
  private final Map<Computation, Integer> numbers = new ConcurrentHashMap<>();

  /// The number of a computation, the same for equal ones.
  public int number(Computation computation) {
    return numbers.computeIfAbsent(computation, this::add);
  }

  private synchronized int add(Computation computation) {
    all.add(computation);
    return all.size() - 1;
  }

  /// Runs a computation on operands that stand in columns from 1 on.
  public @Nullable Object run(int number, Codec.Columns columns) {
    var computation = all.get(number);
    var operands = new ArrayList<Value>();
    var column = 1;
    for (var form : computation.operands()) {
      operands.add(Codec.decode(form, columns, column));
      column += form.parts();
    }
    var evaluator = new Evaluator(Lookup.NOWHERE, new Arguments(operands), _ -> Value.NULL);
    var value = evaluator.value(computation.expression(), Map.of());
    return Codec.encode(computation.result(), 0, value);
  }
}
