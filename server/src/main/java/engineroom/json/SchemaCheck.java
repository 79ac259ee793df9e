package engineroom.json;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import engineroom.operation.FieldRules.JsonSchemas;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Holds JSON texts against JSON Schemas (draft 2020-12). Schemas are read once; references to
/// other documents lead nowhere.
public final class SchemaCheck implements JsonSchemas {
  /// Mistakes told of one text.
  private static final int MISTAKES_MAX = 5;

  /// Made when the first schema is read: an app without one does not pay for it.
  private static final class Registry {
    private static final SchemaRegistry READER =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
  }

  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  @Override
  public List<String> mistakes(String schema, String json) {
    return schemas
        .computeIfAbsent(schema, text -> Registry.READER.getSchema(text, InputFormat.JSON))
        .validate(json, InputFormat.JSON)
        .stream()
        .limit(MISTAKES_MAX)
        .map(error -> (error.getInstanceLocation() + " " + error.getMessage()).trim())
        .toList();
  }
}
