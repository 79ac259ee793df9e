package engineroom.store;

import engineroom.data.Value;
import engineroom.outcome.TrashUnit;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The trash of a memory store; remembers how to undo each step.
final class MemoryTrash implements Trash {
  private static final int GONE_WITH_EACH = 2;

  private final Bin bin;
  private final Deque<Runnable> undo;

  /// What the trash holds, by number.
  static final class Bin {
    private final NavigableMap<Long, Kept> units = new TreeMap<>();
    private long last;
  }

  private record Kept(TrashUnit unit, List<TrashUnit.With> others) {}

  MemoryTrash(Bin bin, Deque<Runnable> undo) {
    this.bin = bin;
    this.undo = undo;
  }

  @Override
  public TrashUnit keep(TrashUnit unit, List<TrashUnit.With> others) {
    purge(unit.origin().time(), GONE_WITH_EACH);
    var numbered = unit.numbered(++bin.last);
    bin.units.put(bin.last, new Kept(numbered, List.copyOf(others)));
    undo.push(() -> bin.units.remove(numbered.number()));
    return numbered;
  }

  @Override
  public List<TrashUnit> units(String entity, long before, int limit, Instant now) {
    return bin.units.headMap(before, false).descendingMap().values().stream()
        .map(Kept::unit)
        .filter(unit -> unit.entity().equals(entity) && unit.until().isAfter(now))
        .limit(limit)
        .toList();
  }

  @Override
  public List<TrashUnit> ofRow(String entity, Value id, Instant now) {
    return units(entity, Long.MAX_VALUE, Integer.MAX_VALUE, now).stream()
        .filter(unit -> unit.row().id().equals(id))
        .limit(OF_ROW_MAX)
        .toList();
  }

  @Override
  public List<TrashUnit.With> others(long number) {
    var kept = bin.units.get(number);
    return kept == null ? List.of() : kept.others();
  }

  @Override
  public void takeOut(long number) {
    forget(number);
  }

  @Override
  public void forget(long number) {
    var kept = bin.units.remove(number);
    if (kept != null) {
      undo.push(() -> bin.units.put(number, kept));
    }
  }

  @Override
  public int purge(Instant now, int limit) {
    var over =
        bin.units.values().stream()
            .map(Kept::unit)
            .filter(unit -> !unit.until().isAfter(now))
            .sorted(Comparator.comparing(TrashUnit::until).thenComparingLong(TrashUnit::number))
            .limit(limit)
            .toList();
    over.forEach(unit -> forget(unit.number()));
    return over.size();
  }
}
