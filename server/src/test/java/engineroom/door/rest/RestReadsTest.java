package engineroom.door.rest;

import static engineroom.door.rest.Desk.ID;
import static engineroom.http.Sent.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.door.cursor.CursorSeal;
import engineroom.door.query.QuerySettings;
import engineroom.expression.Expression;
import engineroom.expression.Expression.Compare;
import engineroom.expression.Expression.Comparison;
import engineroom.expression.Expression.Get;
import engineroom.expression.Expression.Parameter;
import engineroom.expression.Expression.Quantified;
import engineroom.operation.Operation;
import engineroom.operation.Query.Counting;
import engineroom.operation.Selection;
import engineroom.operation.Selection.Direction;
import engineroom.outcome.Outcome;
import engineroom.problem.OperationProblem.BadExpression;
import engineroom.problem.OperationProblem.TooMuch;
import engineroom.problem.OperationProblem.UnknownField;
import engineroom.problem.RequestProblem.BadParameter;
import engineroom.problem.RequestProblem.NoSuchMethod;
import engineroom.problem.RequestProblem.NoSuchPath;
import engineroom.problem.RequestProblem.NotAcceptable;
import engineroom.problem.RequestProblem.OverLimit;
import engineroom.problem.RequestProblem.UnsupportedBody;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestReadsTest {
  private final Desk desk = new Desk();

  @Test
  void a_plain_parameter_becomes_a_comparison_with_a_bound_value() {
    var find = desk.find("/api/orders?stock.gte=100");
    assertThat(find.query().filter())
        .isEqualTo(
            new Compare(
                Comparison.GREATER_OR_EQUAL,
                Desk.SHOP.entity("order").get("stock"),
                new Parameter(0, Type.Scalar.INTEGER)));
    assertThat(find.arguments().values()).containsExactly(Value.of(100));
  }

  @Test
  void questions_that_differ_in_values_only_are_equal() {
    var one = desk.find("/api/orders?status.in=open,draft&customer.city=Berlin&limit=3");
    var two = desk.find("/api/orders?status.in=open&customer.city=Rome");
    assertThat(one.query()).isEqualTo(two.query());
    assertThat(one.arguments()).isNotEqualTo(two.arguments());
  }

  @Test
  void a_value_is_never_grammar() {
    assertThat(desk.find("/api/orders?note=a.eq,b)(%26+*").arguments().values())
        .containsExactly(Value.of("a.eq,b)(& *"));
  }

  @Test
  void every_operator_is_read_where_the_type_has_it() {
    for (var condition :
        List.of(
            "stock.ne=1",
            "stock.lt=1",
            "stock.lte=1",
            "stock.gt=1",
            "stock.in=1,2",
            "stock.notIn=1",
            "note.like=a%25",
            "note.ilike=a",
            "note.startsWith=a",
            "note.endsWith=a",
            "note.contains=a",
            "note.isNull=true",
            "stock.between=1,9",
            "placedAt.on=2026-08-01",
            "due.on=2026-08-01",
            "note.search=tea",
            "search=tea",
            "keywords.in=a,b",
            "keywords=a",
            "customer=" + ID,
            "customer.isNull=false",
            "lines.product.sku=A1",
            "total.gte=100",
            "total.amount=5",
            "total.currency=EUR",
            "place.latitude.gt=1",
            "email=A@B.c",
            "price.lt=1.50",
            "customer.vip=true",
            "lasts.gt=PT1H",
            "weight=1e3")) {
      assertThat(desk.find("/api/orders?" + condition).query().filter())
          .as(condition)
          .isNotEqualTo(Expression.TRUE);
    }
  }

  @Test
  void a_path_over_a_list_means_some() {
    var filter = desk.find("/api/orders?lines.quantity.gt=3").query().filter();
    assertThat(filter)
        .isInstanceOfSatisfying(
            Quantified.class,
            q -> assertThat(q.quantifier()).isEqualTo(Expression.Quantifier.EXISTS));
  }

  @Test
  void an_expression_and_a_body_ask_the_same_as_parameters() {
    var plain = desk.find("/api/orders?stock.gt=3&limit=20");
    assertThat(desk.find("/api/orders?filter=stock%20%3E%20arg.n&arg.n=3&limit=20"))
        .isEqualTo(plain);
    assertThat(desk.query("{\"where\":{\"stock\":{\"gt\":3}},\"limit\":20}")).isEqualTo(plain);
    desk.send("QUERY", "/api/orders", "{\"where\":{\"stock\":{\"gt\":3}},\"limit\":20}");
    assertThat(desk.asked.getLast()).isEqualTo(plain);
  }

  @Test
  void a_limit_that_is_no_number_is_told_both_its_ends_in_a_body_as_in_a_parameter() {
    for (var body : List.of("{\"limit\":\"x\"}", "{\"expand\":{\"lines\":{\"limit\":true}}}")) {
      assertThatThrownBy(() -> desk.query(body))
          .hasMessageContaining(
              "limit is not a whole number from 1 to " + QuerySettings.defaults().pageMax() + ".");
    }
    assertThatThrownBy(() -> desk.query("{\"offset\":\"x\"}"))
        .hasMessageContaining("offset is not a whole number from 0.");
  }

  @Test
  void a_body_knows_lists_and_boolean_operators() {
    var query =
        desk.query(
            "{\"where\":{\"or\":[{\"status\":\"open\"},{\"not\":{\"customer\":{\"city\":null}}}],"
                + "\"lines\":{\"every\":{\"quantity\":{\"gt\":3}},\"none\":{\"product\":\""
                + ID
                + "\"}}},\"sort\":[\"-placedAt\"],\"expand\":{\"lines\":{\"limit\":3,"
                + "\"where\":{\"quantity\":1},\"expand\":[\"product\"]}},\"count\":\"exact\"}");
    assertThat(query.query().counting()).isEqualTo(Counting.EXACT);
    assertThat(query.arguments().values())
        .contains(Value.of("open"), Value.of(3), new Value.Uuid(UUID.fromString(ID)));
    assertThat(query.query().selection().expansions().getFirst().limit()).isEqualTo(3);
  }

  @Test
  void reads_sort_fields_expand_and_page() {
    var find =
        desk.find(
            "/api/orders?sort=-placedAt,customer.name&fields=id,total,customer.name"
                + "&expand=lines.product&expand.lines.limit=3&expand.lines.sort=-quantity"
                + "&expand.lines.quantity.gt=1&limit=7&offset=14&count=estimate");
    assertThat(find.query().sort().getFirst().direction()).isEqualTo(Direction.DESCENDING);
    assertThat(find.query().sort().getLast().by()).isInstanceOf(Get.class);
    assertThat(find.query().selection().fields())
        .isEqualTo(new Selection.Fields.Named(List.of("id", "total", "customer")));
    var lines = find.query().selection().expansions().getLast();
    assertThat(lines.field()).isEqualTo("lines");
    assertThat(lines.limit()).isEqualTo(3);
    assertThat(lines.filter()).isInstanceOf(Compare.class);
    assertThat(find.page().limit()).isEqualTo(7);
    assertThat(find.page().offset()).isEqualTo(14);
  }

  @Test
  void a_hidden_field_is_refused_like_one_that_does_not_exist() {
    for (var target :
        List.of(
            "?NAME=1",
            "?NAME.gt=1",
            "?sort=NAME",
            "?fields=NAME",
            "?expand=NAME",
            "?filter=NAME==''",
            "?expand=lines&expand.lines.order.NAME=1",
            "/aggregate?sum=NAME",
            "/aggregate?group=NAME")) {
      var hidden = desk.refusal("/api/orders" + target.replace("NAME", "secretNote"));
      var absent = desk.refusal("/api/orders" + target.replace("NAME", "secretNota"));
      assertThat(hidden.toString().replace("secretNote", "secretNota"))
          .as(target)
          .isEqualTo(absent.toString());
      assertThat(hidden.hint() + "").doesNotContain("secretNote");
    }
  }

  @Test
  void an_unknown_name_brings_the_nearest() {
    assertThat(desk.refusal("/api/orders?stok=1").hint()).isEqualTo("Did you mean stock?");
    assertThat(desk.refusal("/api/orders?limt=1").hint()).isEqualTo("Did you mean limit?");
    assertThat(desk.refusal("/api/orders?stock.gtt=1").hint()).isEqualTo("Did you mean gt?");
    assertThat(desk.refusal("/api/orders?customer.citi=1"))
        .isEqualTo(new UnknownField("customer", "citi", "city"));
    assertThat(desk.refusal("/api/order").hint()).isEqualTo("Did you mean /api/orders?");
    assertThat(desk.refusal("/api/vault"))
        .isEqualTo(new NoSuchPath("There is no /api/vault.", null));
    assertThat(desk.refusal("/api/orders?status=opn").hint()).isEqualTo("Did you mean open?");
  }

  @Test
  void refuses_values_that_do_not_fit() {
    for (var condition :
        List.of(
            "stock=x",
            "due=2026-02-30",
            "placedAt=1",
            "customer=7",
            "stock.between=1",
            "note.isNull=1")) {
      assertThat(desk.refusal("/api/orders?" + condition))
          .as(condition)
          .isInstanceOf(BadExpression.class);
    }
    for (var parameter :
        List.of(
            "limit=0",
            "limit=x",
            "offset=-1",
            "count=all",
            "explain=x",
            "note=%zz",
            "note=%ff",
            "limit=1&limit=2",
            "after=x",
            "arg.x=1")) {
      assertThat(desk.refusal("/api/orders?" + parameter))
          .as(parameter)
          .isInstanceOf(BadParameter.class);
    }
  }

  @Test
  void holds_its_limits_at_one_above_and_a_hundred_times_above() {
    limit("filter-nodes", 99, n -> "?" + repeat("stock.gt=1", "&", n));
    limit("sort-keys", 8, n -> "?sort=" + repeat("stock", ",", n));
    limit("expand-depth", 5, n -> "?expand=" + chain(n));
    for (int above : List.of(501, 50_000)) {
      assertThat(desk.refusal("/api/orders?limit=" + above)).isInstanceOf(OverLimit.class);
    }
    assertThat(desk.find("/api/orders?limit=500").page().limit()).isEqualTo(500);
    deep(7);
    for (int above : List.of(8, 40)) {
      assertThat(desk.refusal("POST", "/api/orders/query", nested(above)))
          .isInstanceOfSatisfying(
              TooMuch.class, p -> assertThat(p.limit()).isEqualTo("filter-depth"));
    }
  }

  private void deep(int levels) {
    assertThat(desk.query(nested(levels)).arguments().values()).hasSize(1);
  }

  private static String nested(int nots) {
    return "{\"where\":" + "{\"not\":".repeat(nots) + "{\"stock\":1}" + "}".repeat(nots) + "}";
  }

  private static String chain(int length) {
    return IntStream.range(0, length)
        .mapToObj(i -> i % 2 == 0 ? "customer" : "orders")
        .collect(Collectors.joining("."));
  }

  private interface Sized {
    String of(int size);
  }

  private void limit(String name, int size, Sized target) {
    assertThat(desk.find("/api/orders" + target.of(size))).isNotNull();
    for (int above : List.of(size + 1, size * 100)) {
      assertThat(desk.refusal("/api/orders" + target.of(above)))
          .isInstanceOfSatisfying(TooMuch.class, p -> assertThat(p.limit()).isEqualTo(name));
    }
  }

  private static String repeat(String text, String between, int times) {
    return String.join(between, java.util.Collections.nCopies(times, text));
  }

  @Test
  void a_list_answer_has_data_page_and_count_and_a_link() {
    var keys = List.of(Value.of("x"), (Value) new Value.Uuid(UUID.fromString(ID)));
    var page = new Outcome.Listed(Desk.bytes("{\"id\":1}", "{\"id\":2}"), keys, 9L);
    var one = new Desk(page, page);
    var response = one.get("/api/orders?sort=note&limit=2");
    assertThat(text(response))
        .startsWith("{\"data\":[{\"id\":1},{\"id\":2}],\"page\":{\"next\":\"")
        .endsWith("\",\"hasMore\":true},\"count\":9}");
    var next = text(response).split("\"next\":\"", -1)[1].split("\"", -1)[0];
    assertThat(response.headers().get("Link"))
        .isEqualTo("</api/orders?sort=note&limit=2&after=" + next + ">; rel=\"next\"");
    assertThat(one.find("/api/orders?sort=note&limit=5&after=" + next).page().after())
        .isEqualTo(keys);
  }

  @Test
  void a_cursor_that_was_forged_cut_or_made_for_something_else_is_refused() {
    var page = new Outcome.Listed(Desk.bytes("{}"), List.of(Value.of(1)), null);
    var next =
        text(new Desk(page).get("/api/orders?sort=note"))
            .split("\"next\":\"", -1)[1]
            .split("\"", -1)[0];
    var forged =
        (next.charAt(5) == 'A' ? "B" : "A")
            + next.substring(1, 5)
            + (next.charAt(5) == 'A' ? 'B' : 'A')
            + next.substring(6);
    for (var query :
        List.of(
            "sort=note&after=" + forged,
            "sort=note&after=" + next.substring(0, 10),
            "sort=stock&after=" + next,
            "sort=note&stock=1&after=" + next,
            "sort=note&after=")) {
      assertThat(desk.refusal("/api/orders?" + query)).as(query).isInstanceOf(BadParameter.class);
    }
    var key = new byte[32];
    key[0] = 1;
    assertThat(
            new Desk(QuerySettings.defaults(), new CursorSeal(key))
                .refusal("/api/orders?sort=note&after=" + next))
        .isInstanceOf(BadParameter.class);
    desk.get("/api/orders?sort=note&after=" + next);
  }

  @Test
  void writes_csv_and_ndjson() {
    var row =
        "{\"note\":\"a,\\\"b\\\"\",\"total\":{\"amount\":5,\"currency\":\"EUR\"},\"customer\":{\"id\":\"c\",\"city\":null}}";
    var target = "/api/orders?fields=note,total,customer.city";
    var csv = new Desk(Desk.listed(row)).header("Accept", "text/csv").get(target);
    assertThat(text(csv))
        .isEqualTo(
            "note,total.amount,total.currency,customer.id,customer.city\r\n\"a,\"\"b\"\"\",5,EUR,c,\r\n");
    var lines =
        new Desk(Desk.listed(row, row)).header("Accept", "application/x-ndjson").get(target);
    assertThat(text(lines)).isEqualTo(row + "\n" + row + "\n");
    assertThat(new Desk().header("Accept", "text/html").refusal("/api/orders"))
        .isInstanceOf(NotAcceptable.class);
    assertThat(
            new Desk()
                .header("Content-Type", "text/plain")
                .refusal("POST", "/api/orders/query", "{}"))
        .isInstanceOf(UnsupportedBody.class);
  }

  @Test
  void a_row_has_its_version_as_tag_and_a_known_one_is_not_sent_again() {
    var found =
        new Outcome.Found("{\"id\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8), 4);
    var response = new Desk(found).get("/api/orders/" + ID);
    var own = String.valueOf(response.headers().get("ETag"));
    assertThat(own).matches("\"4-[A-Za-z0-9_-]{20}\"");
    assertThat(new Desk(found).header("If-None-Match", own).get("/api/orders/" + ID).status())
        .isEqualTo(304);
    assertThat(new Desk(found).header("If-None-Match", "\"4\"").get("/api/orders/" + ID).status())
        .as("a version alone does not say what was shown")
        .isEqualTo(200);
    var tag = String.valueOf(desk.get("/api/orders").headers().get("ETag"));
    assertThat(new Desk().header("If-None-Match", tag).get("/api/orders").status()).isEqualTo(304);
    var part = new Desk(found).get("/api/orders/" + ID + "?fields=id");
    assertThat(part.headers().get("ETag")).startsWith("\"4-");
  }

  @Test
  void what_is_not_there_is_404_and_what_is_not_known_is_405() {
    assertThat(new Desk(Outcome.Missing.MISSING).refusal("/api/orders/" + ID).code())
        .isEqualTo("authorize/not-found");
    assertThat(desk.refusal("/api/orders/nonsense").code()).isEqualTo("authorize/not-found");
    assertThat(desk.refusal("PUT", "/api/orders/" + ID + "/lines", "{}"))
        .isInstanceOfSatisfying(
            NoSuchMethod.class, p -> assertThat(p.allowed()).isEqualTo("GET, HEAD, POST"));
    assertThat(desk.refusal("/api/orders/" + ID + "/linez").hint())
        .isEqualTo("Did you mean lines?");
    assertThat(new Desk(Outcome.Missing.MISSING).refusal("/api/orders/" + ID + "/lines").title())
        .contains("order");
  }

  @Test
  void a_list_of_a_row_and_a_plan_are_asked_of_the_engine() {
    var find = desk.find("/api/orders/" + ID + "/lines?quantity=2");
    assertThat(find.query().entity()).isEqualTo("line");
    assertThat(find.arguments().values()).hasSize(2);
    var explaining = new Desk(new Outcome.Explained(List.of("SCAN")));
    assertThat(text(explaining.get("/api/orders?explain=plan"))).isEqualTo("{\"plan\":[\"SCAN\"]}");
    assertThat(explaining.asked.getLast()).isInstanceOf(Operation.Explain.class);
  }

  @Test
  void reads_a_question_for_totals() {
    var summaries = new Desk(new Outcome.Summarized(Desk.bytes("{\"count\":1}"), false));
    var response =
        summaries.get(
            "/api/orders/aggregate?group=customer.city,month(placedAt)&count&sum=total"
                + "&having.sum.total.gt=1000&sort=-sum.total,customer.city&status=open");
    assertThat(text(response))
        .isEqualTo("{\"data\":[{\"count\":1}],\"page\":{\"next\":null,\"hasMore\":false}}");
    var summary = ((Operation.Summarize) summaries.asked.getLast()).summary();
    assertThat(summary.groups())
        .extracting("name")
        .containsExactly("customer.city", "month(placedAt)");
    assertThat(summary.measures()).extracting("name").containsExactly("", "total");
    assertThat(summary.having().getFirst().measure()).isEqualTo(1);
    assertThat(summary.sort()).extracting("column").containsExactly(3, 0);
    assertThat(desk.refusal("/api/orders/aggregate?sum=note")).isInstanceOf(BadExpression.class);
    assertThat(desk.refusal("/api/orders/aggregate?having.sum.stock.gt=1"))
        .isInstanceOf(BadParameter.class);
  }
}
