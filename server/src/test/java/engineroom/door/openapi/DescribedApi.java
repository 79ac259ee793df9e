package engineroom.door.openapi;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One OpenAPI document as a client reads it: operations by path, what they take and answer, and
/// JSON held against its schemas; but for e-mail addresses, of which the library refuses good ones.
final class DescribedApi {
  /// A place in the document: its JSON Pointer and what is there.
  record Part(String pointer, Json json) {}

  private static final String ADDRESS = "https://test.example/openapi.json";

  private final Json root;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  DescribedApi(String document) {
    root = JsonReader.read(document.getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
    var checkable = document.replace(",\"format\":\"email\"", "");
    var formats = SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(ADDRESS, checkable)).schemaRegistryConfig(formats));
  }

  /// The operation of a method and a path, where there is one; fixed paths come before templates.
  Optional<Part> operation(String method, String path) {
    @Nullable Part found = null;
    for (var template : members(part("/paths")).entrySet()) {
      var fits = template.getKey().replaceAll("\\{\\w+}", "[^/]+");
      boolean better = found == null || !template.getKey().contains("{id}");
      if (path.matches(fits) && better) {
        found = template.getValue();
      }
    }
    return found == null ? Optional.empty() : child(found, method);
  }

  /// A member, behind references.
  Optional<Part> child(Part part, String name) {
    return Optional.ofNullable(members(part).get(name));
  }

  /// The members of an object, behind references; the elements of an array by their numbers.
  Map<String, Part> members(Part part) {
    var all = new LinkedHashMap<String, Part>();
    switch (part.json()) {
      case Json.Obj(var members) ->
          members.forEach((name, json) -> all.put(name, resolved(at(part, name), json)));
      case Json.Arr(var elements) -> {
        for (int i = 0; i < elements.size(); i++) {
          all.put("" + i, resolved(at(part, "" + i), elements.get(i)));
        }
      }
      case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ ->
          throw new IllegalArgumentException(part.pointer() + " has no members");
    }
    return all;
  }

  private static String at(Part part, String name) {
    return part.pointer() + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private Part resolved(String pointer, Json json) {
    return json instanceof Json.Obj(var members) && members.get("$ref") instanceof Json.Text(var to)
        ? part(to.substring(1))
        : new Part(pointer, json);
  }

  private Part part(String pointer) {
    var json = root;
    for (var name : pointer.substring(1).split("/", -1)) {
      if (!(json instanceof Json.Obj(var members))) {
        throw new AssertionError("nothing at " + pointer);
      }
      var key = name.replace("~1", "/").replace("~0", "~");
      json = Optional.ofNullable(members.get(key)).orElseThrow(() -> lost(pointer));
    }
    return new Part(pointer, json);
  }

  private static AssertionError lost(String pointer) {
    return new AssertionError("the document has nothing at " + pointer);
  }

  /// What is wrong with a JSON text, by the schema at a place.
  List<String> mistakes(Part schema, String json) {
    return schemas
        .computeIfAbsent(
            schema.pointer(),
            pointer -> registry.getSchema(SchemaLocation.of(ADDRESS + "#" + escaped(pointer))))
        .validate(json, InputFormat.JSON)
        .stream()
        .map(error -> (error.getInstanceLocation() + " " + error.getMessage()).strip())
        .toList();
  }

  private static String escaped(String pointer) {
    return pointer.replace("{", "%7B").replace("}", "%7D").replace("^", "%5E");
  }

  List<String> mistakes(Part schema, Json json) {
    return mistakes(schema, new String(JsonWriter.write(json), StandardCharsets.UTF_8));
  }

  /// The schema of problems.
  Part problem() {
    return part("/components/schemas/problem");
  }

  /// What is wrong with the document itself, beyond its own schema: references that lead nowhere,
  /// operations named twice, names in paths that no parameter explains.
  List<String> mistakes() {
    var mistakes = new ArrayList<String>();
    references(root, mistakes);
    var ids = new HashSet<String>();
    members(part("/paths"))
        .forEach(
            (path, item) -> members(item).values().forEach(o -> operation(path, o, ids, mistakes)));
    return mistakes;
  }

  private void operation(String path, Part operation, Set<String> ids, List<String> mistakes) {
    var id = child(operation, "operationId").map(part -> part.json().toString()).orElse("none");
    if (!ids.add(id)) {
      mistakes.add("two operations are called " + id);
    }
    var named = new TreeSet<String>();
    for (var parameter : members(child(operation, "parameters").orElseThrow()).values()) {
      if (child(parameter, "in").orElseThrow().json().equals(new Json.Text("path"))
          && child(parameter, "name").orElseThrow().json() instanceof Json.Text(var name)) {
        named.add(name);
      }
    }
    var there = new TreeSet<String>();
    var names = Pattern.compile("\\{(\\w+)}").matcher(path);
    while (names.find()) {
      there.add(names.group(1));
    }
    if (!named.equals(there)) {
      mistakes.add(path + " names " + there + ", its parameters " + named);
    }
  }

  private void references(Json json, List<String> mistakes) {
    switch (json) {
      case Json.Obj(var members) -> {
        if (members.get("$ref") instanceof Json.Text(var to)) {
          try {
            part(to.substring(1));
          } catch (AssertionError nothing) {
            mistakes.add(to + " leads nowhere");
          }
        }
        members.values().forEach(member -> references(member, mistakes));
      }
      case Json.Arr(var elements) -> elements.forEach(element -> references(element, mistakes));
      case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> {}
    }
  }
}
