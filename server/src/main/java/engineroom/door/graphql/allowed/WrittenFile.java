package engineroom.door.graphql.allowed;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.modelfile.GraphQlSettings.Operations.Written;
import engineroom.modelfile.Mistake;
import engineroom.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads one file of documents: GraphQL, which is one document, or JSON as compilers of clients
/// write it: Relay's `{"id": "text"}`, and Apollo's manifest.
final class WrittenFile {
  private static final JsonLimits LIMITS = JsonLimits.defaults();

  private final Written file;
  private final List<Mistake> mistakes;

  private WrittenFile(Written file, List<Mistake> mistakes) {
    this.file = file;
    this.mistakes = mistakes;
  }

  /// @param mistakes takes what is wrong with the file
  static List<WrittenDocument> documents(Written file, List<Mistake> mistakes) {
    return file.file().toString().endsWith(".json")
        ? new WrittenFile(file, mistakes).compiled()
        : List.of(new WrittenDocument(file.file(), null, file.text()));
  }

  private List<WrittenDocument> compiled() {
    try {
      var json = JsonReader.read(file.text().getBytes(StandardCharsets.UTF_8), LIMITS);
      if (json instanceof Json.Obj(var members)) {
        return members.get("operations") instanceof Json.Arr(var operations)
            ? manifest(operations)
            : byIds(members);
      }
      wrong("is no object.");
    } catch (ProblemException e) {
      wrong("can't be read: " + e.problem().title());
    }
    return List.of();
  }

  private void wrong(String what) {
    var told = file.file().getFileName() + " " + what;
    var hint = "Write {\"id\": \"query …\"}, or a manifest of persisted queries.";
    mistakes.add(new Mistake(file.file(), 0, 0, told, hint));
  }

  private List<WrittenDocument> manifest(List<Json> operations) {
    var documents = new ArrayList<WrittenDocument>();
    for (var operation : operations) {
      if (operation instanceof Json.Obj(var members)
          && members.get("id") instanceof Json.Text(var id)
          && members.get("body") instanceof Json.Text(var body)) {
        documents.add(new WrittenDocument(file.file(), id, body));
      } else {
        wrong("has an operation without id and body.");
      }
    }
    return documents;
  }

  private List<WrittenDocument> byIds(Map<String, Json> members) {
    var documents = new ArrayList<WrittenDocument>();
    members.forEach(
        (id, text) -> {
          if (text instanceof Json.Text(var document)) {
            documents.add(new WrittenDocument(file.file(), id, document));
          } else {
            wrong("has no text for " + id + ".");
          }
        });
    return documents;
  }
}
