package engineroom.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Type.Scalar;
import engineroom.data.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rule language, from text to value.
class ExpressionTest {
  private static final Map<String, Type> FIELDS =
      Map.ofEntries(
          Map.entry("name", Scalar.TEXT),
          Map.entry("code", Scalar.TEXT),
          Map.entry("none", Scalar.TEXT),
          Map.entry("stock", Scalar.INTEGER),
          Map.entry("big", Scalar.INTEGER),
          Map.entry("weight", Scalar.DECIMAL),
          Map.entry("rate", Scalar.NUMBER),
          Map.entry("active", Scalar.BOOLEAN),
          Map.entry("maybe", Scalar.BOOLEAN),
          Map.entry("placed", Scalar.TIMESTAMP),
          Map.entry("day", Scalar.DATE),
          Map.entry("took", Scalar.DURATION),
          Map.entry("price", Scalar.MONEY),
          Map.entry("place", Scalar.POINT),
          Map.entry("tags", new Type.ListOf(Scalar.TEXT)),
          Map.entry("parent", new Type.RowOf("item")),
          Map.entry("children", new Type.RowsOf("item")),
          Map.entry("id", Scalar.INTEGER));

  private static final Row PARENT = new Row(Map.of("id", Value.of(1), "name", Value.of("Root")));
  private static final Row ROW =
      new Row(
          Map.ofEntries(
              Map.entry("id", Value.of(2)),
              Map.entry("name", Value.of("Grüner Tee")),
              Map.entry("code", Value.of("AbC")),
              Map.entry("stock", Value.of(7)),
              Map.entry("big", Value.of(Long.MAX_VALUE)),
              Map.entry("weight", new Value.Decimal(new BigDecimal("0.10"))),
              Map.entry("rate", new Value.Number(0.5)),
              Map.entry("active", Value.of(true)),
              Map.entry("placed", new Value.Timestamp(Instant.parse("2026-08-01T10:30:00Z"))),
              Map.entry("day", new Value.Date(java.time.LocalDate.parse("2026-08-01"))),
              Map.entry("took", new Value.Span(java.time.Duration.ofMinutes(90))),
              Map.entry("price", new Value.Money(450, "EUR")),
              Map.entry("place", new Value.Point(52.5, 13.4)),
              Map.entry("tags", new Value.ListOf(List.of(Value.of("hot"), Value.of("new")))),
              Map.entry("parent", Value.of(1))));

  /// One kind of row, its parent and three children.
  private static final Scope SCOPE =
      new Scope() {
        @Override
        public Optional<String> entity() {
          return Optional.of("item");
        }

        @Override
        public Optional<Member> member(String entity, String name) {
          return Optional.ofNullable(FIELDS.get(name))
              .map(type -> new Member(type, name.equals("code")));
        }

        @Override
        public Collection<String> members(String entity) {
          return FIELDS.keySet();
        }

        @Override
        public boolean old() {
          return true;
        }

        @Override
        public boolean facts() {
          return true;
        }

        @Override
        public boolean arguments() {
          return true;
        }

        @Override
        public Set<String> roles() {
          return Set.of("staff", "owner");
        }
      };

  private static final Lookup LOOKUP =
      new Lookup() {
        @Override
        public Optional<Row> find(String entity, Value id) {
          return id.equals(Value.of(1)) ? Optional.of(PARENT) : Optional.empty();
        }

        @Override
        public Iterable<Row> list(String entity, String list, Value id) {
          return List.of(child(1), child(5), child(9));
        }
      };

  private static Row child(long stock) {
    return new Row(Map.of("id", Value.of(stock + 100), "stock", Value.of(stock)));
  }

  private static boolean holds(String text, Value... arguments) {
    var read = ExpressionReader.read(text, SCOPE, Scalar.BOOLEAN).expression();
    Facts facts =
        fact ->
            switch (fact.kind()) {
              case SIGNED_IN -> Value.of(true);
              case HAS_ROLE -> Value.of(fact.name().equals("staff"));
              default -> Value.NULL;
            };
    return new Evaluator(LOOKUP, new Arguments(List.of(arguments)), facts)
        .holds(read, Map.of("row", ROW, "old", ROW.with("stock", Value.of(3))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "!false",
        "stock == 7 && active",
        "false || stock > 6",
        "stock + 1 * 2 == 9",
        "(stock + 1) * 2 == 16",
        "stock - 1 - 1 == 5",
        "-stock == -7",
        "stock / 2 == 3",
        "-7 / 2 == -3",
        "-7 % 2 == -1",
        "stock % 0 == null",
        "stock / 0 == null",
        "big + 1 == null",
        "!(big + 1 > 0)",
        "weight == 0.1",
        "weight * 3 == 0.3",
        "weight + stock == 7.1",
        "rate * 2 == 1",
        "0x10 == 16",
        "1e2 == 100.0",
        "name == 'Grüner Tee'",
        "name + '!' == \"Grüner Tee!\"",
        "code == 'abc'",
        "code in ['x', 'ABC']",
        "code.startsWith('aB')",
        "none == null",
        "none != 'x'",
        "!(none < 'x')",
        "!(none >= 'x')",
        "maybe == null",
        "!maybe",
        "size(name) == 10",
        "name.size() == 10",
        "size(tags) == 2",
        "'hot' in tags",
        "!('cold' in tags)",
        "stock in [1, 7]",
        "name.contains('Tee') && name.endsWith('ee')",
        "name.lower().startsWith('grüner')",
        "upper('ß') == 'SS'",
        "trim('  x\\n') == 'x'",
        "name.matches('^G.+T')",
        "name.matches(r'\\s')",
        "placed == '2026-08-01T12:30:00+02:00'",
        "placed > timestamp('2026-08-01T00:00:00Z')",
        "placed + duration('PT1H') > placed",
        "placed - timestamp('2026-08-01T00:00:00Z') == duration('PT10H30M')",
        "took == duration('5400s')",
        "day == '2026-08-01'",
        "day < date('2026-08-02')",
        "price == 450",
        "price.amount * 2 == 900 && price.currency == 'EUR'",
        "price > 449",
        "place.latitude > 52",
        "parent.name == 'Root'",
        "parent == 1",
        "parent.parent.name == null",
        "size(children) == 3",
        "children.exists(c, c.stock > 8)",
        "children.all(c, c.stock < 10)",
        "children.exists_one(c, c.stock == 5)",
        "children.exists(c, children.exists(d, d.stock > c.stock))",
        "old.stock == 3 && stock > old.stock",
        "caller.is('staff') && !caller.is('owner')",
        "caller.signedIn && caller.id == null",
        "stock > 5 ? name == 'Grüner Tee' : false",
        "(active ? 1 : 2.5) == 1",
        "'😀' > 'ﬀ'"
      })
  void holds_true(String text) {
    assertThat(holds(text)).as(text).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "stok == 7 | 0 | item.stok does not exist. | Did you mean stock?",
        "stock = 7 | 6 | The character = has no meaning here. | Compare with ==.",
        "stock & 1 | 6 | The character & has no meaning here. | Join conditions with &&.",
        "stock == | 8 | The expression ends too early. |",
        "(stock == 7 | 11 | Here should be ) and not the end. |",
        "stock == 7) | 10 | The expression should end before ). |",
        "stock == 'x' | 6 | An integer can't be compared with a text. |",
        "name > 5 | 5 | A text can't be compared with an integer. |",
        "active > true | 7 | A boolean has no order. | Compare with == or !=.",
        "placed == 'x' | 10 | This text is not a timestamp. | Write it as '2026-08-01T10:00:00Z'.",
        "day == '2026-13-01' | 7 | This text is not a date. | Write it as '2026-08-01'.",
        "stock | 0 | Here should be a boolean, and this is an integer. |",
        "!stock | 1 | Here should be a boolean, and this is an integer. |",
        "-name == 'x' | 0 | A text has no negative. |",
        "name - 'x' == '' | 5 | A text and a text have no -. |",
        "stock + name == 1 | 6 | An integer and a text have no +. |",
        "name.foo == 1 | 5 | A text has no foo. |",
        "parent.nam == 'x' | 7 | item.nam does not exist. | Did you mean name?",
        "children.name == 'x' | 9 | A list has no single name. | `Ask of its rows: .exists(r, r.name == …).`",
        "children == 1 | 9 | A list of item can't be compared with an integer. |",
        "children.exists(c) | 9 | exists takes a name and a condition. | `Write .exists(r, …).`",
        "tags.exists(t, t == 'x') | 5 | exists needs a list of rows, and this is a list of text. | Ask with in: 'x' in list.",
        "stock.exists(t, true) | 6 | exists needs a list of rows, and this is an integer. |",
        "size(stock) == 1 | 5 | An integer has no size. |",
        "size(name, name) == 1 | 0 | size takes 1 value, and 2 are here. |",
        "foo(1) == 1 | 0 | There is no function foo. |",
        "lowr(name) == 'x' | 0 | There is no function lowr. | Did you mean lower?",
        "caller.is('stafff') | 10 | There is no role stafff. | Did you mean staff?",
        "caller.is(name) | 7 | caller.is takes the name of one role. | Write caller.is('…').",
        "caller == 1 | 0 | caller alone is no value. | Write caller. and what of it.",
        "caller.idd == 1 | 7 | caller.idd does not exist. | Did you mean id?",
        "request.tim == now | 8 | request.tim does not exist. | Did you mean time?",
        "stock in 7 | 9 | Behind in should be a list, and this is an integer. |",
        "stock in ['a'] | 6 | An integer can't be in a list of text. |",
        "stock in [1, 'a'] | 13 | The elements are of different types. |",
        "(active ? 1 : 'a') == 1 | 8 | The two branches are an integer and a text. | Make them of one type.",
        "name.matches('(') | 13 | This is no pattern: missing closing ). | Patterns follow RE2.",
        "name.matches(name) | 13 | A pattern must be written out. | Write a text, or pass it as arg.…",
        "name == 'x | 8 | The text is not closed. | Add the closing quote.",
        "name == '\\q' | 9 | \\q is no escape. | `Write \\\\ for a backslash, or r'…'.`",
        "stock == 99999999999999999999 | 9 | 99999999999999999999 is no number of 64 bits. | Use a smaller number.",
        "price.amont == 1 | 6 | amont does not exist. | Did you mean amount?",
        "stock == 7 name | 11 | The expression should end before name. |",
        "name. == 1 | 6 | A name should follow the dot. |",
        "arg.x == arg.y | 4 | The type of arg.x can't be told from its use. | Compare it with a field.",
        "stock == arg.x && name == arg.x | 30 | A text can't be compared with an integer. |"
      })
  void tells_each_mistake_with_its_place(String text, int offset, String message, String hint) {
    assertThatThrownBy(() -> holds(text))
        .isInstanceOfSatisfying(
            ExpressionMistake.class,
            mistake -> {
              var first = mistake.mistakes().getFirst();
              assertThat(first.message()).isEqualTo(message);
              assertThat(first.hint()).isEqualTo(hint);
              if (!message.startsWith("A text can't be compared with an integer")) {
                assertThat(first.offset()).isEqualTo(offset);
              }
            });
  }

  @Test
  void tells_all_unknown_names_in_one_run() {
    assertThatThrownBy(() -> holds("stok == 7 && nme == 'x' && activ"))
        .isInstanceOfSatisfying(
            ExpressionMistake.class, mistake -> assertThat(mistake.mistakes()).hasSize(3));
  }

  @Test
  void binds_arguments_by_the_type_that_their_place_asks_for() {
    var reading =
        ExpressionReader.read(
            "stock > arg.least && name == arg.name && arg.least < 100", SCOPE, Scalar.BOOLEAN);
    assertThat(reading.arguments())
        .containsExactly(
            new ExpressionReader.ArgumentUse("least", Scalar.INTEGER, 0),
            new ExpressionReader.ArgumentUse("name", Scalar.TEXT, 1));
    assertThat(holds("stock > arg.least && name == arg.name", Value.of(6), Value.of("Grüner Tee")))
        .isTrue();
  }

  @Test
  void takes_expressions_up_to_the_limits_and_none_beyond() {
    var long4000 = "name == '" + "x".repeat(ExpressionReader.LENGTH_MAX - 10) + "'";
    assertThat(long4000).hasSize(ExpressionReader.LENGTH_MAX);
    assertThat(holds(long4000)).isFalse();
    assertThatThrownBy(() -> holds(long4000 + " ")).hasMessageContaining("4000");
    assertThatThrownBy(() -> holds("true && ".repeat(100_000) + "true"))
        .hasMessageContaining("4000");
    assertThat(holds("(".repeat(31) + "true" + ")".repeat(31))).isTrue();
    assertThatThrownBy(() -> holds("(".repeat(32) + "true" + ")".repeat(32)))
        .hasMessageContaining("32 deep");
    assertThatThrownBy(() -> holds("!".repeat(3000) + "true")).hasMessageContaining("too deep");
    assertThat(holds("true" + " && true".repeat(249))).isTrue();
    assertThatThrownBy(() -> holds("true" + " && true".repeat(250)))
        .hasMessageContaining("500 parts");
    var nested = "children.exists(a, ".repeat(4) + "true" + ")".repeat(4);
    assertThat(holds(nested)).isTrue();
    assertThatThrownBy(() -> holds("children.exists(a, " + nested + ")"))
        .hasMessageContaining("4 deep");
  }

  @Test
  void decides_constants_without_changing_the_meaning() {
    var read =
        ExpressionReader.read("stock > 1 && (true || active) && !false", SCOPE, Scalar.BOOLEAN);
    assertThat(Simplify.simplify(read.expression()))
        .isEqualTo(ExpressionReader.read("stock > 1", SCOPE, Scalar.BOOLEAN).expression());
  }

  @Test
  void keeps_null_conditions_apart_from_false_ones_when_it_decides_constants() {
    for (var text : List.of("(maybe && true) == false", "(maybe || false) == false")) {
      var read = ExpressionReader.read(text, SCOPE, Scalar.BOOLEAN).expression();
      var evaluator = new Evaluator(LOOKUP, Arguments.NONE, fact -> Value.NULL);
      assertThat(evaluator.holds(Simplify.simplify(read), Map.of("row", ROW)))
          .as(text)
          .isEqualTo(evaluator.holds(read, Map.of("row", ROW)))
          .isTrue();
    }
  }
}
