package engineroom.modelfile;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every key of the language, where it stands and what it means: one table for the reader, which
/// refuses all others, and for the JSON Schema that editors use.
final class Options {
  /// What a key's value looks like.
  enum Kind {
    TEXT,
    EXPRESSION,
    BOOLEAN,
    WHOLE,
    NUMBER,
    TEXTS,
    /// A list of names and of lists of names.
    KEYS,
    ANY,
    /// A mapping from former names to present ones.
    RENAMES,
    ROLES,
    ENTITIES,
    FIELDS,
    CHECKS,
    ACCESS,
    FIELD_ACCESS,
    SETTINGS,
    ON_DELETE,
    CHANGES,
    SEQUENCE,
    FREEZE,
    HISTORY,
    LENGTH,
    LENGTH_OR_OFF,
    CORS,
    LIMITS,
    BACKUPS,
    ACCOUNTS,
    SIGN_UP,
    SIGNATURE,
    CONFIRM,
    RUSH,
    MAIL,
    RATES,
    RATE,
    ROUTES,
    AUDIT,
    GRAPHQL,
    GRAPHIQL
  }

  /// One key.
  record Option(String name, Kind kind, String description) {}

  static final Map<String, Option> TOP =
      table(
          option("engineroom", Kind.WHOLE, "The version of this language: 1."),
          option("name", Kind.TEXT, "The app's name."),
          option(
              "store",
              Kind.TEXT,
              "Where rows live: sqlite:data/app.db, or postgres://user:password@host/name."
                  + " ${NAME:default} is filled in."),
          option("roles", Kind.ROLES, "The roles that callers can have."),
          option("accounts", Kind.ACCOUNTS, "Who may sign up, and how long sessions last."),
          option("settings", Kind.SETTINGS, "Limits, and who may call from browsers."),
          option("entities", Kind.ENTITIES, "The kinds of rows."));

  static final Map<String, Option> ACCOUNTS =
      table(
          option("signUp", Kind.SIGN_UP, "Who may sign up: open, invited or closed; open."),
          option(
              "confirm",
              Kind.CONFIRM,
              "Whether an address is confirmed before signing in by it; optional."),
          option("anonymous", Kind.BOOLEAN, "Accounts of which nobody said who they are; false."),
          option("accessMinutes", Kind.WHOLE, "How long an access token is good; 10."),
          option("sessionDays", Kind.WHOLE, "When a session ends at the latest; 30."),
          option("idleDays", Kind.WHOLE, "When a session ends unless it is used; 14."),
          option("issuer", Kind.TEXT, "What access tokens name as their issuer; the app's name."),
          option(
              "signature",
              Kind.SIGNATURE,
              "How access tokens are signed; ES256, or EdDSA, RS256, HS256."),
          option("audience", Kind.TEXT, "What access tokens are meant for; the app's name."),
          option("breached", Kind.TEXT, "A file of breached passwords' hashes; none."),
          option(
              "unconfirmed",
              Kind.LENGTH_OR_OFF,
              "When an account that nobody uses is deleted if its address is not confirmed: 7d."),
          option(
              "rush",
              Kind.RUSH,
              "Many who sign in at once beside others: wait for each other, or share what there is;"
                  + " wait."));

  static final Map<String, Option> SETTINGS =
      table(
          option("cors", Kind.CORS, "Browsers on other origins."),
          option("limits", Kind.LIMITS, "How much one request may ask."),
          option("backups", Kind.BACKUPS, "When `run` makes backups; off for never."),
          option("mail", Kind.MAIL, "Who sends mails, and by which server."),
          option("rates", Kind.RATES, "How often somebody may ask; off for as often as they like."),
          option("proxies", Kind.TEXTS, "Proxies that say whom they ask for: 10.0.0.0/8."),
          option("audit", Kind.AUDIT, "What the audit log has, and how long."),
          option("graphql", Kind.GRAPHQL, "How much one GraphQL document may ask."));

  static final Map<String, Option> GRAPHQL =
      table(
          option("depth", Kind.WHOLE, "Fields within each other; 10."),
          option("tokens", Kind.WHOLE, "Words, names, values and signs; 2000."),
          option("aliases", Kind.WHOLE, "Fields under another name; 15."),
          option("directives", Kind.WHOLE, "@include and its kin; 50."),
          option("rootFields", Kind.WHOLE, "Fields of one operation; 20."),
          option("cost", Kind.WHOLE, "Rows that a request may bring, lists multiplied; 5000."),
          option("guestsSeeSchema", Kind.BOOLEAN, "Guests may ask for the schema too."),
          option(
              "operations",
              Kind.TEXT,
              "A folder of the only documents that run answers: operations/."),
          option(
              "graphiql", Kind.GRAPHIQL, "Who may use GraphiQL in run: true, or roles; nobody."));

  static final Map<String, Option> RATES =
      table(
          option("guests", Kind.RATE, "Requests of guests, for each address; 300/10s."),
          option("callers", Kind.RATE, "Requests of a caller; 1000/10s."),
          option("refused", Kind.RATE, "Bad credentials, for each address; 100/10s."),
          option("transfers", Kind.RATE, "Exports and imports; 10/1m."),
          option("credentials", Kind.RATE, "Attempts to sign in, for each account; 10/1m."),
          option("routes", Kind.ROUTES, "Narrower limits: { POST /api/orders: 30/1m }."));

  static final Map<String, Option> AUDIT =
      table(
          option("rows", Kind.BOOLEAN, "Changes of all rows go into it, not only of accounts."),
          option("keep", Kind.TEXT, "How long entries are kept: 365d, or ever."));

  static final Map<String, Option> CORS =
      table(option("origins", Kind.TEXTS, "Origins that may call: https://shop.example."));

  static final Map<String, Option> LIMITS =
      table(
          option("bodyBytes", Kind.WHOLE, "Bytes of a body; 1048576."),
          option("importBytes", Kind.WHOLE, "Bytes of a file to import; 268435456."),
          option("streamBytes", Kind.WHOLE, "Bytes of rows written as they come; 1073741824."),
          option("pageRows", Kind.WHOLE, "Rows of a page; 500."),
          option("filterNodes", Kind.WHOLE, "Parts of a filter; 100."),
          option("filterDepth", Kind.WHOLE, "Nesting of a filter; 8."),
          option("sortKeys", Kind.WHOLE, "Keys of an order; 8."),
          option("expandDepth", Kind.WHOLE, "Names in an expanded path; 5."),
          option("expandPaths", Kind.WHOLE, "Expanded paths; 20."),
          option("requestSeconds", Kind.WHOLE, "Seconds that a request may take; 30."));

  static final Map<String, Option> BACKUPS =
      table(
          option(
              "every", Kind.TEXT, "The time between two: 1d. Minutes, hours, days: 30m, 6h, 1d."),
          option("at", Kind.TEXT, "The time of day in UTC to count from: 03:00."),
          option("keep", Kind.WHOLE, "How many are kept; 7."));

  static final Map<String, Option> MAIL =
      table(
          option(
              "smtp",
              Kind.TEXT,
              "The server: smtp://user:password@host:587. ${NAME:default} is filled in."),
          option("from", Kind.TEXT, "The sender: Shop <shop@example.org>."),
          option("origin", Kind.TEXT, "What links in mails begin with: https://app.example.org."),
          option("language", Kind.TEXT, "The language of mails where the user's has none: en."));

  static final Map<String, Option> ROLE =
      table(
          option("includes", Kind.TEXTS, "Roles whose rights this one has too."),
          option("when", Kind.EXPRESSION, "Which users have it by themselves; sees their fields."),
          option("administers", Kind.TEXTS, "Entities on which the role has every right."),
          option("was", Kind.TEXT, "The role's former name: who had that one has this one."));

  static final Map<String, Option> ENTITY =
      table(
          option("plural", Kind.TEXT, "The name in paths, where adding an s is wrong."),
          option("label", Kind.TEXT, "The field that shows a row in lists and pickers."),
          option("description", Kind.TEXT, "What a row is; appears in the documentation."),
          option("fields", Kind.FIELDS, "The fields of a row."),
          option("indexes", Kind.KEYS, "Fields, or lists of fields, to find rows by quickly."),
          option("unique", Kind.KEYS, "Lists of fields that no two rows share."),
          option("checks", Kind.CHECKS, "Conditions that every row meets."),
          option("access", Kind.ACCESS, "Who may do what. Without it: administrators only."),
          option("appendOnly", Kind.BOOLEAN, "Rows are added, and never changed or deleted."),
          option("freeze", Kind.FREEZE, "From when on a row can't be changed or deleted."),
          option("changes", Kind.CHANGES, "Whether changes go to the change log: on or off."),
          option("history", Kind.HISTORY, "Every version of a row is kept: true, or how long."),
          option(
              "trash",
              Kind.LENGTH,
              "How long deleted rows can be brought back: 30d. Minutes, hours, days."),
          option("table", Kind.TEXT, "Somebody else's table that the rows stand in: public.Album."),
          option("key", Kind.TEXTS, "The fields that the id of a row is made of."),
          option("readOnly", Kind.BOOLEAN, "Rows of such a table, or of a view, are only read."),
          option("was", Kind.TEXT, "The former name, after renaming."));

  static final Map<String, Option> FIELD =
      table(
          option("type", Kind.TEXT, "The type; ? makes it optional, [] a list."),
          option("min", Kind.NUMBER, "The least value, or length of a text."),
          option("max", Kind.NUMBER, "The greatest value, or length of a text or of bytes."),
          option("pattern", Kind.TEXT, "What a text must match (RE2 syntax)."),
          option("nonEmpty", Kind.BOOLEAN, "Empty text is refused."),
          option("ignoreCase", Kind.BOOLEAN, "Text compares and is unique without regard to case."),
          option("precision", Kind.WHOLE, "Digits of a decimal in all, 1 to 18."),
          option("scale", Kind.WHOLE, "Digits of a decimal behind the point."),
          option("currency", Kind.TEXT, "The one currency of all rows (ISO 4217)."),
          option("values", Kind.TEXTS, "The values of an enum."),
          option("wasValues", Kind.RENAMES, "Former values of an enum: { old: new }."),
          option("from", Kind.TEXT, "The field that a slug is made of."),
          option("schema", Kind.ANY, "A JSON Schema (2020-12) that the value fits."),
          option("inverse", Kind.TEXT, "The name of the list on the other side."),
          option("onDelete", Kind.ON_DELETE, "What happens here when the row referred to goes."),
          option("owned", Kind.BOOLEAN, "The row is part of the one referred to."),
          option(
              "default",
              Kind.ANY,
              "The value where the caller gives none; = begins an expression."),
          option("backfill", Kind.EXPRESSION, "What present rows take that have no value."),
          option("compute", Kind.EXPRESSION, "What the value is worked out from; nobody gives it."),
          option("stored", Kind.BOOLEAN, "A computed value is kept in the row, always true."),
          option("unique", Kind.BOOLEAN, "No two rows share a value."),
          option("search", Kind.BOOLEAN, "Full-text search finds it."),
          option("set", Kind.EXPRESSION, "Decides the value; callers can't."),
          option("sequence", Kind.SEQUENCE, "Numbers the rows: true, or how."),
          option("readOnly", Kind.BOOLEAN, "Only administrators and seeds write it."),
          option("writeOnce", Kind.BOOLEAN, "Written when the row is created only."),
          option("hidden", Kind.BOOLEAN, "Only administrators know of it."),
          option("personal", Kind.BOOLEAN, "Tells something about a person."),
          option("description", Kind.TEXT, "What it means; appears in the documentation."),
          option("label", Kind.TEXT, "Its name for people."),
          option("column", Kind.TEXT, "The column of somebody else's table that holds it."),
          option("was", Kind.TEXT, "The former name, after renaming."));

  static final Map<String, Option> SEQUENCE =
      table(
          option("gapFree", Kind.BOOLEAN, "No number is left out; rows with one stay."),
          option("start", Kind.WHOLE, "The first number; 1."),
          option("per", Kind.TEXTS, "Fields whose values are counted by themselves."),
          option("format", Kind.TEXT, "The text with the number: RE-{kind}-{number:6}."),
          option("when", Kind.EXPRESSION, "Which rows get a number, once they are so."));

  static final Map<String, Option> FREEZE =
      table(
          option("when", Kind.EXPRESSION, "Which rows stay as they are; sees the row's fields."),
          option("except", Kind.TEXTS, "Fields that can be changed all the same."));

  static final Map<String, Option> HISTORY =
      table(
          option("keep", Kind.LENGTH, "How long versions that are over are kept: 730d."),
          option("deleted", Kind.LENGTH, "How long deleted rows are known of: 30d; as keep."));

  static final Map<String, Option> CHECK =
      table(
          option("name", Kind.TEXT, "Appears in the error code."),
          option("that", Kind.EXPRESSION, "What must hold."),
          option("message", Kind.TEXT, "What a caller is told."));

  static final Map<String, Option> ACCESS =
      table(
          option("read", Kind.EXPRESSION, "Which rows a caller sees."),
          option("create", Kind.EXPRESSION, "Which rows a caller may create."),
          option("update", Kind.EXPRESSION, "Which rows a caller may change, and to what."),
          option("delete", Kind.EXPRESSION, "Which rows a caller may delete."),
          option("write", Kind.EXPRESSION, "Short for create, update and delete."),
          option("fields", Kind.FIELD_ACCESS, "Narrower rules for single fields."));

  static final Map<String, Option> FIELD_ACCESS =
      table(
          option("read", Kind.EXPRESSION, "Who sees the field, in which rows."),
          option("write", Kind.EXPRESSION, "Who writes the field, in which rows."));

  private Options() {}

  static Set<String> names(Map<String, Option> table) {
    return table.keySet();
  }

  /// The options of fields that only some types have.
  static final Map<String, List<String>> OF_TYPES =
      Map.ofEntries(
          Map.entry("min", List.of("text", "integer", "decimal", "number", "money")),
          Map.entry("max", List.of("text", "integer", "decimal", "number", "money", "bytes")),
          Map.entry("pattern", List.of("text")),
          Map.entry("nonEmpty", List.of("text")),
          Map.entry("ignoreCase", List.of("text")),
          Map.entry("precision", List.of("decimal")),
          Map.entry("scale", List.of("decimal")),
          Map.entry("currency", List.of("money")),
          Map.entry("values", List.of("enum")),
          Map.entry("wasValues", List.of("enum")),
          Map.entry("from", List.of("slug")),
          Map.entry("schema", List.of("json")),
          Map.entry("inverse", List.of("reference")),
          Map.entry("onDelete", List.of("reference")),
          Map.entry("owned", List.of("reference")),
          Map.entry("search", List.of("text")));

  /// The rules that `write` is short for.
  static final List<String> WRITES = List.of("create", "update", "delete");

  /// The options of fields that do not go with `id`.
  static final List<String> NOT_OF_ID =
      List.of(
          "default",
          "backfill",
          "compute",
          "stored",
          "unique",
          "search",
          "set",
          "sequence",
          "readOnly",
          "writeOnce",
          "hidden",
          "personal",
          "label",
          "was");

  private static Option option(String name, Kind kind, String description) {
    return new Option(name, kind, description);
  }

  private static Map<String, Option> table(Option... options) {
    var table = new LinkedHashMap<String, Option>();
    Arrays.stream(options).forEach(option -> table.put(option.name(), option));
    return Collections.unmodifiableMap(table);
  }
}
