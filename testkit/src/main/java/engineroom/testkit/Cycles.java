package engineroom.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Which transactions must have come before which, and the circles among them, by the names that
/// Adya gave them.
final class Cycles {
  /// Why one transaction came before another.
  enum Because {
    /// It wrote what the other wrote next.
    WROTE_FIRST("ww"),
    /// It wrote what the other read.
    WAS_READ("wr"),
    /// It read what the other wrote next.
    READ_FIRST("rw");

    private final String word;

    Because(String word) {
      this.word = word;
    }
  }

  private record Edge(int from, int to, Because because) {
    @Override
    public String toString() {
      return from + " -" + because.word + "-> " + to;
    }
  }

  private static final Set<Because> WRITES = EnumSet.of(Because.WROTE_FIRST);
  private static final Set<Because> SEEN = EnumSet.of(Because.WROTE_FIRST, Because.WAS_READ);
  private static final Set<Because> ALL = EnumSet.allOf(Because.class);

  private final Map<Integer, Set<Edge>> edges = new LinkedHashMap<>();

  /// One transaction comes before another.
  void add(int from, int to, Because because) {
    if (from != to) {
      edges.computeIfAbsent(from, _ -> new LinkedHashSet<>()).add(new Edge(from, to, because));
    }
  }

  /// One circle for each group of transactions that can't be put in an order: the worst of it.
  List<String> found() {
    var found = new ArrayList<String>();
    for (var group : groups()) {
      found.add(worst(group));
    }
    return found;
  }

  private String worst(Set<Integer> group) {
    return circle(group, EnumSet.of(Because.WROTE_FIRST), WRITES)
        .map(circle -> told("G0", circle))
        .or(() -> circle(group, EnumSet.of(Because.WAS_READ), SEEN).map(c -> told("G1c", c)))
        .or(() -> circle(group, EnumSet.of(Because.READ_FIRST), SEEN).map(c -> told("G-single", c)))
        .or(() -> circle(group, EnumSet.of(Because.READ_FIRST), ALL).map(c -> told("G2", c)))
        .orElseThrow();
  }

  private static String told(String name, List<Edge> circle) {
    return name + ", a cycle of transactions: " + circle;
  }

  /// The shortest circle that begins with an edge of one kind and goes on by others.
  private Optional<List<Edge>> circle(Set<Integer> group, Set<Because> first, Set<Because> others) {
    return group.stream()
        .flatMap(number -> of(number).stream())
        .filter(edge -> first.contains(edge.because()) && group.contains(edge.to()))
        .flatMap(edge -> back(edge, group, others).stream())
        .min((one, two) -> Integer.compare(one.size(), two.size()));
  }

  private Collection<Edge> of(int number) {
    return edges.getOrDefault(number, Set.of());
  }

  private Optional<List<Edge>> back(Edge begin, Set<Integer> group, Set<Because> others) {
    var came = new HashMap<Integer, Edge>();
    Deque<Integer> next = new ArrayDeque<>(List.of(begin.to()));
    while (!next.isEmpty() && !came.containsKey(begin.from())) {
      for (var edge : of(next.poll())) {
        if (others.contains(edge.because())
            && group.contains(edge.to())
            && came.putIfAbsent(edge.to(), edge) == null) {
          next.add(edge.to());
        }
      }
    }
    if (!came.containsKey(begin.from())) {
      return Optional.empty();
    }
    Deque<Edge> circle = new ArrayDeque<>();
    for (var at = begin.from(); at != begin.to(); at = circle.peekFirst().from()) {
      circle.addFirst(Objects.requireNonNull(came.get(at)));
    }
    circle.addFirst(begin);
    return Optional.of(List.copyOf(circle));
  }

  /// The groups of more than one that all lead to each other (Tarjan), without recursion: histories
  /// are long.
  private List<Set<Integer>> groups() {
    var search = new Search();
    for (var number : edges.keySet()) {
      if (!search.index.containsKey(number)) {
        search.from(number);
      }
    }
    return search.groups;
  }

  private final class Search {
    final List<Set<Integer>> groups = new ArrayList<>();
    final Map<Integer, Integer> index = new HashMap<>();
    final Map<Integer, Integer> low = new HashMap<>();
    final Deque<Integer> stack = new ArrayDeque<>();
    final Set<Integer> onStack = new HashSet<>();

    void from(int start) {
      var path = new ArrayDeque<Integer>();
      var left = new HashMap<Integer, Deque<Edge>>();
      enter(start, path, left);
      while (!path.isEmpty()) {
        int at = path.peekLast();
        var edge = Objects.requireNonNull(left.get(at)).poll();
        if (edge == null) {
          path.removeLast();
          leave(at);
          if (!path.isEmpty()) {
            low.merge(path.peekLast(), low.get(at), Math::min);
          }
        } else if (!index.containsKey(edge.to())) {
          enter(edge.to(), path, left);
        } else if (onStack.contains(edge.to())) {
          low.merge(at, index.get(edge.to()), Math::min);
        }
      }
    }

    private void enter(int number, Deque<Integer> path, Map<Integer, Deque<Edge>> left) {
      index.put(number, index.size());
      low.put(number, index.get(number));
      stack.push(number);
      onStack.add(number);
      path.addLast(number);
      left.put(number, new ArrayDeque<>(of(number)));
    }

    private void leave(int number) {
      if (!Objects.equals(low.get(number), index.get(number))) {
        return;
      }
      var group = new LinkedHashSet<Integer>();
      int taken;
      do {
        taken = stack.pop();
        onStack.remove(taken);
        group.add(taken);
      } while (taken != number);
      if (group.size() > 1) {
        groups.add(group);
      }
    }
  }
}
