package engineroom.modelfile;

import engineroom.expression.Expression;
import engineroom.mail.Templates;
import engineroom.model.Adopted;
import engineroom.model.Entity;
import engineroom.model.Field;
import engineroom.model.FieldType;
import engineroom.model.FieldType.Plain;
import engineroom.model.Life;
import engineroom.model.Model;
import engineroom.model.NumberField;
import engineroom.model.RoleTerms;
import engineroom.modelfile.EntityReader.EntityDraft;
import engineroom.operation.FieldRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads an app's folder into its model, or tells every mistake in it.
public final class ModelReader {
  /// The file that makes a folder an app.
  public static final String FILE = "engineroom.yaml";

  /// Entities of one app.
  static final int ENTITIES_MAX = 500;

  private final Path folder;
  private final Map<String, String> environment;
  private final Mistakes mistakes = new Mistakes();
  private final List<String> warnings = new ArrayList<>();
  private final FieldRules limits;
  private Map<String, RoleTerms> terms = Map.of();
  private final Map<String, EntityDraft> drafts = new LinkedHashMap<>();

  private ModelReader(
      Path folder, Map<String, String> environment, FieldRules.JsonSchemas schemas) {
    this.folder = folder;
    this.environment = environment;
    this.limits = new FieldRules(schemas);
  }

  /// What reading gave.
  public sealed interface Reading {
    /// A model without mistakes.
    ///
    /// @param warnings what is right but may not be meant
    record Good(Model model, Settings settings, List<String> warnings) implements Reading {}

    /// No model.
    ///
    /// @param mistakes in the order of files and lines
    record Bad(List<Mistake> mistakes) implements Reading {}
  }

  /// Reads `engineroom.yaml` and `model/*.yaml`.
  ///
  /// @param environment fills in `${NAME:default}` of `store`
  public static Reading read(
      Path folder, Map<String, String> environment, FieldRules.JsonSchemas schemas) {
    return new ModelReader(folder, environment, schemas).read();
  }

  private Reading read() {
    var file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      mistakes.add(
          new Part.Place(Path.of(FILE), 0, 0),
          "There is no " + FILE + " in this folder.",
          "Make one with: engineroom new <name>.");
      return new Reading.Bad(mistakes.list());
    }
    var read = YamlFile.read(folder, file, mistakes);
    if (mistakes.incomplete()) {
      var none = new Part.Empty(new Part.Place(Path.of(FILE), 1, 1));
      entities(merged(new LinkedHashMap<>()), new RolesReader(section(none), mistakes));
      return new Reading.Bad(mistakes.list());
    }
    var whole = read.orElse(new Part.Empty(new Part.Place(Path.of(FILE), 1, 1)));
    var top = section(whole);
    if (!(whole instanceof Part.Mapping) && !mistakes.none()) {
      return new Reading.Bad(mistakes.list());
    }
    var header = new HeaderReader(top, environment, mistakes);
    var entries = new LinkedHashMap<String, Part.Entry>();
    top.find("entities").ifPresent(part -> merge(entries, part));
    var roles = new RolesReader(top, mistakes);
    var entities = entities(merged(entries), roles);
    var name = header.name();
    var store = header.store();
    if (mistakes.none()) {
      new StoreChecks(drafts, mistakes).check(store, entities);
    }
    var settings = header.settings(folder, name, roles.included());
    templates(settings);
    return mistakes.none()
        ? new Reading.Good(
            new Model(name, store, roles.included(), terms, entities),
            settings,
            List.copyOf(warnings))
        : new Reading.Bad(mistakes.list());
  }

  /// Looks through the owner's mails.
  private void templates(Settings settings) {
    for (var wrong : Templates.check(folder, settings.mail().language())) {
      var place = new Part.Place(wrong.file(), wrong.line(), wrong.column());
      mistakes.add(place, wrong.message(), wrong.hint());
    }
  }

  /// With the entities of the other files.
  private Map<String, Part.Entry> merged(Map<String, Part.Entry> entries) {
    modelFiles(folder).forEach(path -> mergeFile(entries, path));
    return entries;
  }

  static List<Path> modelFiles(Path folder) {
    var models = folder.resolve("model");
    if (!Files.isDirectory(models)) {
      return List.of();
    }
    try (var files = Files.walk(models, 5)) {
      return files
          .filter(path -> path.toString().endsWith(".yaml") || path.toString().endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file of entities: their names alone, or under `entities`.
  private void mergeFile(Map<String, Part.Entry> entries, Path path) {
    YamlFile.read(folder, path, mistakes)
        .ifPresent(
            part -> {
              if (part instanceof Part.Mapping(var keys, _) && keys.containsKey("entities")) {
                var section = Section.of("A file of entities", part, Set.of("entities"), mistakes);
                section.find("entities").ifPresent(inner -> merge(entries, inner));
              } else {
                merge(entries, part);
              }
            });
  }

  private void merge(Map<String, Part.Entry> entries, Part part) {
    for (var entry : Section.mapping("entities", part, mistakes).entries().values()) {
      var before = entries.putIfAbsent(entry.key(), entry);
      if (before != null) {
        mistakes.add(
            entry.place(),
            "The entity " + entry.key() + " is declared twice.",
            "The first is in " + before.place().file() + " line " + before.place().line() + ".");
      }
    }
  }

  private Section section(Part whole) {
    return Section.of("The app", whole, Options.names(Options.TOP), mistakes);
  }

  private Map<String, Entity> entities(Map<String, Part.Entry> entries, RolesReader roles) {
    var start = new Part.Place(Path.of(FILE), 1, 1);
    if (entries.isEmpty() && !mistakes.incomplete()) {
      mistakes.add(start, "The app has no entities.", "Write them under entities.");
    }
    if (entries.size() > ENTITIES_MAX) {
      mistakes.add(
          start, "The app has more than " + ENTITIES_MAX + " entities.", "Divide it into apps.");
    }
    new BuiltIn(roles, mistakes).addTo(entries);
    var reader = new EntityReader(mistakes, entries.keySet());
    entries.values().forEach(entry -> drafts.put(entry.key(), reader.read(entry)));
    if (mistakes.incomplete()) {
      return Map
          .of(); // what follows asks of entities that may stand in the file that can't be read
    }
    new NameChecks(drafts, mistakes).check();
    reader.link(drafts);
    new LastingReader(mistakes).references(drafts);
    var plain = new LinkedHashMap<String, Entity>();
    drafts.values().forEach(draft -> plain.put(draft.name(), plain(draft)));
    var rules = new RuleReader(plain, roles.included().keySet(), mistakes, limits);
    var whole = new LinkedHashMap<String, Entity>();
    var adopted = new AdoptedReader(drafts, mistakes);
    drafts
        .values()
        .forEach(
            draft -> whole.put(draft.name(), whole(draft, reader, rules, adopted.read(draft))));
    terms = roles.terms(whole, rules);
    var computed = new ComputedChecks(drafts, whole, mistakes);
    if (mistakes.none()) {
      computed.check();
    }
    if (mistakes.none()) {
      warnings.addAll(computed.notes());
    }
    return whole;
  }

  /// The entity without anything that expressions say.
  private static Entity plain(EntityDraft draft) {
    var fields = new LinkedHashMap<>(system(draft));
    draft
        .fields()
        .values()
        .forEach(
            field -> {
              if (!field.name().equals("id")) {
                fields.put(
                    field.name(),
                    new Field(
                        field.name(),
                        field.type(),
                        field.required(),
                        Field.Traits.NONE,
                        filling(field),
                        Field.FieldAccess.OPEN,
                        Field.Notes.NONE));
              }
            });
    return new Entity(
        draft.name(),
        draft.plural(),
        fields,
        draft.lists(),
        Entity.Keys.NONE,
        Entity.Access.NOBODY,
        Entity.Notes.NONE);
  }

  /// Only whether it is computed and whether rows hold it.
  private static Field.Filling filling(FieldReader.Draft field) {
    var stored = field.options().yes("stored");
    return ComputedReader.computed(field)
        ? new Field.Filling(null, null, new Field.Computed(Expression.FALSE, stored), null)
        : Field.Filling.NONE;
  }

  private static Map<String, Field> system(EntityDraft draft) {
    var id = draft.fields().get("id");
    var fields = new LinkedHashMap<String, Field>();
    var made = AdoptedReader.idType(draft);
    fields.put("id", Field.of("id", id == null ? made : id.type()));
    fields.put("version", Field.of("version", new FieldType.Whole(1L, null)));
    if (AdoptedReader.adopted(draft)) {
      return fields;
    }
    fields.put("createdAt", Field.of("createdAt", Plain.TIMESTAMP));
    fields.put("updatedAt", Field.of("updatedAt", Plain.TIMESTAMP));
    return fields;
  }

  private Entity whole(
      EntityDraft draft, EntityReader reader, RuleReader rules, @Nullable Adopted adopted) {
    var section = draft.section();
    var without = BuiltIn.accessWithoutRules(section);
    var access =
        section
            .find("access")
            .map(
                part ->
                    Section.of(
                        draft.name() + ": access", part, Options.names(Options.ACCESS), mistakes));
    if (access.isEmpty() && without == Entity.Access.NOBODY) {
      warnings.add(draft.name() + " has no access rules: only administrators can use it.");
    }
    var narrowed = new LinkedHashMap<String, Part>();
    access.ifPresent(a -> fieldRules(draft, a, narrowed));
    var fields = new LinkedHashMap<>(system(draft));
    var options = new FieldOptions(draft, rules, mistakes);
    draft.fields().keySet().stream()
        .filter(name -> !name.equals("id"))
        .forEach(name -> fields.put(name, options.field(name, narrowed.get(name))));
    var parts = adopted == null ? AdoptedReader.ownKey(draft) : adopted.key();
    parts.forEach(name -> fields.computeIfPresent(name, (_, f) -> f.writtenOnce()));
    var whole =
        new Entity(
            draft.name(),
            draft.plural(),
            fields,
            draft.lists(),
            keys(draft, reader, rules, fields),
            life(draft, reader, rules),
            access.map(a -> rules.access(draft.name(), a)).orElse(without),
            options.notes(),
            adopted);
    whole.fields().values().stream()
        .filter(field -> neverGiven(whole, field))
        .forEach(field -> tellNeverGiven(draft, field));
    if (whole.life().history()) {
      fields.keySet().stream()
          .filter(name -> whole.virtual(name) != null)
          .forEach(name -> tellNotKept(draft, name));
    }
    warnings.addAll(SecretChecks.notes(whole));
    return whole;
  }

  private Life life(EntityDraft draft, EntityReader reader, RuleReader rules) {
    var lasting = new LastingReader(mistakes);
    return new Life(
        LastingReader.history(draft),
        lasting.past(draft),
        reader.trash(draft),
        LastingReader.appendOnly(draft),
        lasting.freeze(draft, rules));
  }

  /// Whether callers may create rows and none of them could: only administrators and seeds write
  /// such a field.
  private static boolean neverGiven(Entity entity, Field field) {
    boolean slug = field.type() instanceof FieldType.Text text && text.slugFrom() != null;
    return field.required()
        && (field.traits().readOnly() || field.traits().hidden())
        && field.filling().initial() == null
        && field.filling().preset() == null
        && field.filling().sequence() == null
        && !slug
        && !entity.access().create().equals(Expression.FALSE);
  }

  private void tellNotKept(EntityDraft draft, String field) {
    var written = draft.fields().get(field);
    mistakes.add(
        written == null ? draft.place() : written.options().keyPlace("compute"),
        draft.name()
            + "."
            + field
            + ": history keeps the values of rows, and this one is not kept.",
        "Write stored: true, or leave out the entity's history.");
  }

  private void tellNeverGiven(EntityDraft draft, Field field) {
    var option = field.traits().readOnly() ? "readOnly" : "hidden";
    var type = draft.fields().get(field.name());
    mistakes.add(
        type == null ? draft.place() : type.options().keyPlace(option),
        "%s.%s is required and %s, so no caller could create a row."
            .formatted(draft.name(), field.name(), option),
        "Write a default or set, or make its type optional with ?.");
  }

  private void fieldRules(EntityDraft draft, Section access, Map<String, Part> narrowed) {
    access
        .find("fields")
        .ifPresent(
            part -> {
              var name = draft.name() + ": access.fields";
              for (var entry : Section.mapping(name, part, mistakes).entries().values()) {
                if (draft.fields().containsKey(entry.key()) && !entry.key().equals("id")) {
                  narrowed.put(entry.key(), entry.value());
                } else if (Entity.SYSTEM.contains(entry.key())) {
                  mistakes.add(
                      entry.place(),
                      draft.name() + "." + entry.key() + " can't be narrowed: every row shows it.",
                      "Leave it out.");
                } else {
                  mistakes.unknown(
                      entry.place(),
                      draft.name() + "." + entry.key() + " does not exist.",
                      entry.key(),
                      draft.fields().keySet());
                }
              }
            });
  }

  private Entity.Keys keys(
      EntityDraft draft, EntityReader reader, RuleReader rules, Map<String, Field> fields) {
    var uniques = new LinkedHashSet<List<String>>();
    fields.values().stream()
        .filter(field -> field.traits().unique())
        .forEach(field -> uniques.add(List.of(field.name())));
    fields.values().stream()
        .filter(field -> field.filling().sequence() != null)
        .forEach(field -> uniques.add(NumberField.unique(field)));
    uniques.addAll(reader.keys(draft, "unique"));
    @Nullable Part checks = draft.section().find("checks").orElse(null);
    return new Entity.Keys(
        new ArrayList<>(uniques),
        reader.keys(draft, "indexes"),
        rules.checks(draft.name(), checks),
        AdoptedReader.adopted(draft) ? List.of() : AdoptedReader.ownKey(draft));
  }
}
