package engineroom.testkit;

import engineroom.Engine;
import engineroom.data.Ids;
import engineroom.data.Row;
import engineroom.data.Type;
import engineroom.data.Value;
import engineroom.expression.Expression;
import engineroom.expression.ExpressionReader;
import engineroom.model.Entity;
import engineroom.model.Entity.Access;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.OnDelete;
import engineroom.model.FieldType.Plain;
import engineroom.model.FieldType.Reference;
import engineroom.model.FieldType.Text;
import engineroom.model.Model;
import engineroom.model.ModelScope;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.operation.Operation;
import engineroom.outcome.Outcome;
import engineroom.run.ChangeWatch;
import engineroom.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;

/// A small app with a rule of every kind, to ask an engine about.
///
/// - `folder`: seen by its owner and by staff
/// - `note`: seen when public or the owner's; its `secretive` part is readable by the owner of the
///   note, `cost` by staff
/// - `line`: owned by a note
final class NotesApp {
  static final Caller ANN = user(1, Set.of());
  static final Caller BOB = user(2, Set.of());
  static final Caller STAFF = user(3, Set.of("staff"));
  static final Caller ADMIN = Caller.Administrator.ADMINISTRATOR;
  static final Caller GUEST = Caller.Guest.GUEST;

  private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");

  final Engine engine;
  final Store store;

  NotesApp(Function<Model, Store> open) {
    store = open.apply(model());
    engine =
        new Engine(
            store,
            (schema, json) -> List.of(),
            new Ids(InstantSource.fixed(NOW), new SplittableRandom(7)),
            ChangeWatch.NONE);
  }

  static Value id(long number) {
    return new Value.Uuid(new UUID(0x0198_0000_0000_7000L, 0x8000_0000_0000_0000L + number));
  }

  private static Caller user(long number, Set<String> roles) {
    return new Caller.User(id(number), roles, Map.of(), new Row(Map.of("id", id(number))));
  }

  Outcome as(Caller caller, Operation operation) {
    return engine.run(operation, Call.internal(NOW).by(caller));
  }

  private static Model model() {
    var plain = new LinkedHashMap<String, Entity>();
    plain.put(
        "user",
        entity(
            "user",
            List.of(),
            List.of(
                list("folders", "folder", "owner", false), list("notes", "note", "owner", false))));
    plain.put(
        "folder",
        entity(
            "folder",
            List.of(
                Field.of("name", Text.PLAIN),
                Field.of("owner", reference("user", "folders", false))),
            List.of(list("notes", "note", "folder", false))));
    plain.put(
        "note",
        entity(
            "note",
            List.of(
                Field.of("title", Text.PLAIN),
                Field.of("open", Plain.BOOLEAN),
                optional("secretive", Text.PLAIN),
                optional("cost", new FieldType.Whole(0L, null)),
                Field.of("owner", reference("user", "notes", false)),
                optional("folder", reference("folder", "notes", false))),
            List.of(list("lines", "line", "note", true))));
    plain.put(
        "line",
        entity(
            "line",
            List.of(
                Field.of("text", Text.PLAIN), Field.of("note", reference("note", "lines", true))),
            List.of()));
    var bare = new Model("Notes", "memory:", Map.of("staff", Set.of("staff")), plain);
    var ruled = new LinkedHashMap<>(plain);
    ruled.put("folder", ruled(bare, "folder", "owner == caller.id || caller.is('staff')"));
    ruled.put("note", note(bare));
    ruled.put("line", ruled(bare, "line", "note.owner == caller.id"));
    return new Model("Notes", "memory:", bare.roles(), ruled);
  }

  private static Entity note(Model bare) {
    var note = bare.entity("note");
    var fields = new LinkedHashMap<>(note.fields());
    fields.computeIfPresent("secretive", (n, f) -> hidden(bare, f, "owner == caller.id"));
    fields.computeIfPresent("cost", (n, f) -> hidden(bare, f, "caller.is('staff')"));
    fields.computeIfPresent(
        "owner",
        (n, f) ->
            new Field(
                f.name(),
                f.type(),
                true,
                f.traits(),
                new Field.Filling(null, rule(bare, "note", "caller.id", new Type.RowOf("user"))),
                f.access(),
                f.notes()));
    var own = rule(bare, "note", "owner == caller.id", Type.Scalar.BOOLEAN);
    return new Entity(
        note.name(),
        note.plural(),
        fields,
        note.lists(),
        new Entity.Keys(
            List.of(),
            List.of(),
            List.of(
                new Entity.Check(
                    "titled",
                    rule(bare, "note", "title != ''", Type.Scalar.BOOLEAN),
                    "needs a title"))),
        new Access(
            rule(bare, "note", "open || owner == caller.id", Type.Scalar.BOOLEAN),
            rule(bare, "note", "caller.signedIn", Type.Scalar.BOOLEAN),
            own,
            own),
        note.notes());
  }

  private static Field hidden(Model bare, Field field, String read) {
    return new Field(
        field.name(),
        field.type(),
        false,
        field.traits(),
        field.filling(),
        new Field.FieldAccess(
            rule(bare, "note", read, Type.Scalar.BOOLEAN),
            rule(bare, "note", read, Type.Scalar.BOOLEAN)),
        field.notes());
  }

  private static Entity ruled(Model bare, String name, String rule) {
    var entity = bare.entity(name);
    var read = rule(bare, name, rule, Type.Scalar.BOOLEAN);
    return new Entity(
        name,
        entity.plural(),
        entity.fields(),
        entity.lists(),
        entity.keys(),
        new Access(read, read, read, read),
        entity.notes());
  }

  private static Expression rule(Model bare, String entity, String text, Type type) {
    var scope = ModelScope.of(bare, entity, ModelScope.Use.CHANGE);
    return ExpressionReader.read(text, scope, type).expression();
  }

  private static Entity entity(String name, List<Field> own, List<Entity.InverseList> inverse) {
    var fields = new LinkedHashMap<String, Field>();
    fields.put("id", Field.of("id", Plain.UUID));
    fields.put("version", Field.of("version", new FieldType.Whole(null, null)));
    fields.put("createdAt", Field.of("createdAt", Plain.TIMESTAMP));
    fields.put("updatedAt", Field.of("updatedAt", Plain.TIMESTAMP));
    own.forEach(field -> fields.put(field.name(), field));
    var lists = new LinkedHashMap<String, Entity.InverseList>();
    inverse.forEach(list -> lists.put(list.name(), list));
    return new Entity(
        name, name + "s", fields, lists, Entity.Keys.NONE, Access.NOBODY, Entity.Notes.NONE);
  }

  private static Entity.InverseList list(String name, String entity, String field, boolean owned) {
    return new Entity.InverseList(name, entity, field, owned);
  }

  private static FieldType reference(String entity, String inverse, boolean owned) {
    return new Reference(entity, inverse, OnDelete.RESTRICT, owned);
  }

  private static Field optional(String name, FieldType type) {
    var field = Field.of(name, type);
    return new Field(
        name, type, false, field.traits(), field.filling(), field.access(), field.notes());
  }
}
