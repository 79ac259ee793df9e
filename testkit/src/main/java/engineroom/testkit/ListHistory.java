package engineroom.testkit;

import engineroom.testkit.Cycles.Because;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What transactions appended to lists and read of them, and whether all of it could have happened
/// one transaction after another. Appended values are unique, so each read tells exactly which
/// transactions it saw (Kingsbury and Alvaro, "Elle: Inferring Isolation Anomalies from
/// Experimental Observations", VLDB 2020). Safe for any number of threads.
public final class ListHistory {
  /// One step of a transaction.
  public sealed interface Step {
    /// A value was added at the end of a list.
    record Append(String list, int value) implements Step {}

    /// A list was read.
    record Read(String list, List<Integer> values) implements Step {
      public Read {
        values = List.copyOf(values);
      }
    }
  }

  /// What is known of a transaction's end.
  public enum End {
    COMMITTED,
    ABORTED,
    UNKNOWN
  }

  private record Transaction(int number, List<Step> steps, End end) {}

  private final List<Transaction> transactions = new ArrayList<>();

  /// Notes a transaction with what it did and read, in order.
  public synchronized void add(List<Step> steps, End end) {
    transactions.add(new Transaction(transactions.size(), List.copyOf(steps), end));
  }

  /// How many transactions are known to have been committed.
  public synchronized long committed() {
    return transactions.stream().filter(t -> t.end() == End.COMMITTED).count();
  }

  /// Everything that could not have happened in any order of the transactions; nothing where it
  /// could.
  ///
  /// @param last the lists at the end
  public synchronized List<String> anomalies(Map<String, List<Integer>> last) {
    return new Check(transactions, last).anomalies();
  }

  /// One look at a whole history.
  private static final class Check {
    private final List<Transaction> transactions;
    private final Map<String, List<Integer>> last;
    private final Map<Integer, Transaction> writers = new HashMap<>();
    private final Cycles cycles = new Cycles();
    private final List<String> anomalies = new ArrayList<>();

    Check(List<Transaction> transactions, Map<String, List<Integer>> last) {
      this.transactions = transactions;
      this.last = last;
    }

    List<String> anomalies() {
      for (var transaction : transactions) {
        appends(transaction).forEach(append -> writers.put(append.value(), transaction));
      }
      last.forEach(this::written);
      for (var transaction : transactions) {
        if (transaction.end() == End.COMMITTED) {
          transaction.steps().forEach(step -> step(transaction, step));
          inside(transaction);
        }
      }
      anomalies.addAll(cycles.found());
      return anomalies;
    }

    private static List<Step.Append> appends(Transaction transaction) {
      return transaction.steps().stream()
          .filter(Step.Append.class::isInstance)
          .map(Step.Append.class::cast)
          .toList();
    }

    /// The last state of a list: who wrote after whom, and nothing that nobody wrote or that was
    /// undone.
    private void written(String list, List<Integer> values) {
      if (new LinkedHashSet<>(values).size() < values.size()) {
        anomalies.add(list + " holds a value twice: " + values);
      }
      @Nullable Transaction previous = null;
      for (var value : values) {
        var writer = writers.get(value);
        if (writer == null || writer.end() == End.ABORTED) {
          anomalies.add(list + " holds " + value + ", which no transaction has kept");
        } else if (previous != null) {
          cycles.add(previous.number(), writer.number(), Because.WROTE_FIRST);
        }
        previous = writer;
      }
    }

    private void step(Transaction transaction, Step step) {
      switch (step) {
        case Step.Append(var list, var value) -> {
          if (!state(list).contains(value)) {
            anomalies.add("transaction " + transaction.number() + " lost " + value + " in " + list);
          }
        }
        case Step.Read(var list, var values) -> read(transaction, list, values);
      }
    }

    private List<Integer> state(String list) {
      return last.getOrDefault(list, List.of());
    }

    private void read(Transaction reader, String list, List<Integer> values) {
      var state = state(list);
      if (values.size() > state.size() || !state.subList(0, values.size()).equals(values)) {
        anomalies.add(
            "transaction "
                + reader.number()
                + " read "
                + values
                + " of "
                + list
                + ", never a state");
        return;
      }
      if (!values.isEmpty()) {
        var writer = writers.get(values.getLast());
        if (writer != null) {
          cycles.add(writer.number(), reader.number(), Because.WAS_READ);
          intermediate(reader, writer, list, values.getLast());
        }
      }
      if (values.size() < state.size()) {
        var next = writers.get(state.get(values.size()));
        if (next != null) {
          cycles.add(reader.number(), next.number(), Because.READ_FIRST);
        }
      }
    }

    /// Nobody but itself sees a transaction half done.
    private void intermediate(Transaction reader, Transaction writer, String list, int value) {
      var lastOfWriter =
          appends(writer).stream().filter(a -> a.list().equals(list)).toList().getLast().value();
      if (reader != writer && lastOfWriter != value) {
        anomalies.add(
            "transaction "
                + reader.number()
                + " saw transaction "
                + writer.number()
                + " half done");
      }
    }

    /// A transaction sees its own appends, and its reads only grow by them.
    private void inside(Transaction transaction) {
      var seen = new HashMap<String, List<Integer>>();
      var own = new HashMap<String, List<Integer>>();
      for (var step : transaction.steps()) {
        switch (step) {
          case Step.Append(var list, var value) -> {
            own.computeIfAbsent(list, _ -> new ArrayList<>()).add(value);
            seen.computeIfPresent(list, (_, values) -> with(values, value));
          }
          case Step.Read(var list, var values) -> {
            var expected = seen.get(list);
            var mine = own.getOrDefault(list, List.of());
            if ((expected != null && !expected.equals(values)) || !values.containsAll(mine)) {
              anomalies.add(
                  "transaction " + transaction.number() + " did not see its own past in " + list);
            }
            seen.put(list, values);
          }
        }
      }
    }

    private static List<Integer> with(List<Integer> values, int value) {
      var more = new ArrayList<>(values);
      more.add(value);
      return more;
    }
  }
}
