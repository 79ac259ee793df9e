package engineroom.door.rest;

import engineroom.Runner;
import engineroom.data.Value;
import engineroom.door.cursor.CursorSeal;
import engineroom.door.query.QuerySettings;
import engineroom.http.Response;
import engineroom.http.Sent;
import engineroom.model.Entity;
import engineroom.model.Entity.Access;
import engineroom.model.Entity.InverseList;
import engineroom.model.Entity.Keys;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Operation;
import engineroom.outcome.KeptAnswer;
import engineroom.outcome.Outcome;
import engineroom.problem.Problem;
import engineroom.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// A door over a shop, and what it asked the engine. Guests see no `secretNote` of an order, and
/// nothing of a vault.
final class Desk {
  static final String ID = "01980000-0000-7000-8000-000000000001";
  static final String OTHER = "01980000-0000-7000-8000-000000000002";
  static final Model SHOP =
      new Model(
          "Shop",
          "sqlite:x.db",
          Map.of(),
          entities(
              entity(
                  "customer",
                  "customers",
                  List.of(
                      field("name", text()),
                      field("city", text()),
                      field("vip", FieldType.Plain.BOOLEAN)),
                  List.of(new InverseList("orders", "order", "customer", false))),
              entity(
                  "order",
                  "orders",
                  List.of(
                      field("status", new FieldType.Choice(List.of("draft", "open"))),
                      searched(field("note", text())),
                      field("secretNote", text()),
                      field(
                          "email",
                          new FieldType.Text(FieldType.Format.EMAIL, null, null, null, true, null)),
                      field("total", new FieldType.Money("EUR", null, null)),
                      field("price", new FieldType.Decimal(10, 2, null, null)),
                      field("weight", new FieldType.Number(null, null)),
                      field("stock", new FieldType.Whole(null, null)),
                      field("due", FieldType.Plain.DATE),
                      field("placedAt", FieldType.Plain.TIMESTAMP),
                      field("place", FieldType.Plain.POINT),
                      field("data", new FieldType.Json(null)),
                      field("file", new FieldType.Bytes(null)),
                      field("lasts", FieldType.Plain.DURATION),
                      field("keywords", new FieldType.ListOf(text())),
                      optional(field("customer", reference("customer", "orders", false)))),
                  List.of(new InverseList("lines", "line", "order", true))),
              entity(
                  "line",
                  "lines",
                  List.of(
                      field("quantity", new FieldType.Whole(null, null)),
                      field("order", reference("order", "lines", true)),
                      field("product", reference("product", "lines", false))),
                  List.of()),
              entity(
                  "product",
                  "products",
                  List.of(field("sku", text())),
                  List.of(new InverseList("lines", "line", "product", false))),
              entity("vault", "vaults", List.of(field("code", text())), List.of())));

  private static final Set<String> HIDDEN = Set.of("secretNote");
  private static final CursorSeal SEAL = new CursorSeal(new byte[32]);

  final List<Operation> asked = new ArrayList<>();
  private final ArrayDeque<Outcome> outcomes = new ArrayDeque<>();
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final RestDoor door;

  Desk(Outcome... answers) {
    this(QuerySettings.defaults(), SEAL, answers);
  }

  Desk(QuerySettings settings, CursorSeal seal, Outcome... answers) {
    outcomes.addAll(List.of(answers));
    door = new RestDoor(new Taking(), SHOP, Desk::names, settings, seal);
  }

  /// Takes operations and gives the outcomes that were prepared.
  private final class Taking implements Runner.Session {
    @Override
    public Outcome run(Operation operation, Call call) {
      asked.add(operation);
      return outcomes.isEmpty() ? listed() : outcomes.poll();
    }

    @Override
    public <T> T together(Function<Runner.Session, T> work) {
      return work.apply(this);
    }

    @Override
    public <T> T still(Call call, Function<Runner, T> work) {
      return work.apply(this);
    }

    @Override
    public Optional<KeptAnswer> answer(String key, Call call) {
      return Optional.empty();
    }

    @Override
    public boolean awaited() {
      return false;
    }

    @Override
    public <T> T gathering(Supplier<T> work) {
      return work.get();
    }

    @Override
    public void keep(KeptAnswer answer, Call call) {
      throw new AssertionError("the door alone keeps no answers");
    }
  }

  static Set<String> names(Call call, String entity) {
    if (entity.equals("vault")) {
      return Set.of();
    }
    var names = new LinkedHashSet<>(SHOP.entity(entity).fields().keySet());
    names.addAll(SHOP.entity(entity).lists().keySet());
    names.removeAll(HIDDEN);
    return names;
  }

  Desk header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Response get(String target) {
    return send("GET", target, "");
  }

  Response send(String method, String target, String body) {
    if (!body.isEmpty()) {
      headers.putIfAbsent("Content-Type", "application/json");
    }
    var call =
        new Call(Caller.Guest.GUEST, Instant.EPOCH, method, "::1", "r1", Duration.ofSeconds(30));
    return door.handle(new Sent(method, target, headers, body).by(call));
  }

  Problem refusal(String method, String target, String body) {
    try {
      send(method, target, body);
    } catch (ProblemException refused) {
      return refused.problem();
    }
    throw new AssertionError(target + " was answered");
  }

  Problem refusal(String target) {
    return refusal("GET", target, "");
  }

  Operation.Find find(String target) {
    asked.clear();
    get(target);
    return (Operation.Find) asked.getLast();
  }

  Operation.Find query(String body) {
    asked.clear();
    send("POST", "/api/orders/query", body);
    return (Operation.Find) asked.getLast();
  }

  static Outcome.Listed listed(String... rows) {
    return new Outcome.Listed(bytes(rows), null, null);
  }

  static List<byte[]> bytes(String... texts) {
    return List.of(texts).stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  static Outcome.Written written(String json, boolean created) {
    var id = new Value.Uuid(java.util.UUID.fromString(ID));
    return new Outcome.Written(
        List.of(new Outcome.Written.Row(id, 3, created, json.getBytes(StandardCharsets.UTF_8))),
        List.of());
  }

  private static Map<String, Entity> entities(Entity... entities) {
    var byName = new LinkedHashMap<String, Entity>();
    for (var entity : entities) {
      byName.put(entity.name(), entity);
    }
    return byName;
  }

  private static Entity entity(
      String name, String plural, List<Field> fields, List<InverseList> lists) {
    var all = new LinkedHashMap<String, Field>();
    all.put("id", field("id", FieldType.Plain.UUID));
    all.put("version", field("version", new FieldType.Whole(null, null)));
    fields.forEach(f -> all.put(f.name(), f));
    var inverse = new LinkedHashMap<String, InverseList>();
    lists.forEach(l -> inverse.put(l.name(), l));
    return new Entity(name, plural, all, inverse, Keys.NONE, Access.EVERYBODY, Entity.Notes.NONE);
  }

  private static Field field(String name, FieldType type) {
    return Field.of(name, type);
  }

  private static Field optional(Field f) {
    return new Field(f.name(), f.type(), false, f.traits(), f.filling(), f.access(), f.notes());
  }

  private static Field searched(Field f) {
    var traits = new Field.Traits(false, true, false, false, false, false);
    return new Field(f.name(), f.type(), true, traits, f.filling(), f.access(), f.notes());
  }

  private static FieldType text() {
    return FieldType.Text.PLAIN;
  }

  private static FieldType reference(String entity, String inverse, boolean owned) {
    return new FieldType.Reference(entity, inverse, OnDelete.RESTRICT, owned);
  }
}
