package {{package}}.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * A question for counts, sums and averages of rows, by groups.
 *
 * @param <R> the rows
 */
public final class Totals<R> {
  private final Rows<R, ?, ?, ?> rows;
  private final Json.Object asked;
  private final List<String> groups;
  private final Measured<R> measured;

  /** What is measured, and which groups are told of. */
  private record Measured<R>(List<Measure<R, ?>> measures, List<Having<R>> having) {
    Measured {
      measures = List.copyOf(measures);
      having = List.copyOf(having);
    }
  }

  private Totals(
      Rows<R, ?, ?, ?> rows, Json.Object asked, List<String> groups, Measured<R> measured) {
    this.rows = rows;
    this.asked = asked;
    this.groups = List.copyOf(groups);
    this.measured = measured;
  }

  Totals(Rows<R, ?, ?, ?> rows, Json.Object asked) {
    this(rows, asked, List.of(), new Measured<>(List.of(), List.of()));
  }

  /** In groups of rows that have these in common. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Totals<R> by(Group<R, ?>... common) {
    var all = new ArrayList<>(groups);
    Stream.of(common).map(Group::name).forEach(all::add);
    return new Totals<>(rows, asked, all, measured);
  }

  /** What is measured; rows are counted besides. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Totals<R> of(Measure<R, ?>... more) {
    var all = new ArrayList<>(measured.measures);
    all.addAll(List.of(more));
    return new Totals<>(rows, asked, groups, new Measured<>(all, measured.having));
  }

  /** Groups are told of for which all of these hold. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Totals<R> having(Having<R>... conditions) {
    var all = new ArrayList<>(measured.having);
    all.addAll(List.of(conditions));
    return new Totals<>(rows, asked, groups, new Measured<>(measured.measures, all));
  }

  /** In this order: of groups by their names, and of measures. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Totals<R> sort(SortKey<R>... keys) {
    var texts = Stream.of(keys).map(SortKey::text).map(Json::of).toList();
    return new Totals<>(rows, asked.with("sort", Json.of(texts)), groups, measured);
  }

  /** The groups. */
  public List<Total<R>> list() {
    var parameters = new Parameters().addAll("group", groups).add("count", "");
    var names = new LinkedHashMap<String, List<String>>();
    for (var measure : measured.measures) {
      names.computeIfAbsent(measure.how(), how -> new ArrayList<>()).add(measure.name());
    }
    names.forEach(parameters::addAll);
    parameters.addAll("sort", asked.at("sort").elements().stream().map(Json::text).toList());
    for (var name : List.of("limit", "offset")) {
      if (asked.at(name) instanceof Json.Number number) {
        parameters.add(name, number.value());
      }
    }
    measured.having.forEach(condition -> condition.in(parameters));
    PlainConditions.add(asked.at("where"), "", parameters);
    var answer = rows.aggregated(parameters).object();
    return answer.at("data").elements().stream().map(one -> new Total<R>(one.object())).toList();
  }
}
