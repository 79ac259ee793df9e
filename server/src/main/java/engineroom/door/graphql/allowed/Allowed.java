package engineroom.door.graphql.allowed;

import engineroom.modelfile.GraphQlSettings.Operations;
import engineroom.modelfile.Mistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The documents that the owner wrote down: asked for by their text, by its hash, by an id, or by
/// the name of an operation.
public final class Allowed {
  private static final String BY_HASH = "sha256:";

  private final Map<String, String> byPlain = new HashMap<>();
  private final Map<String, String> byHash = new HashMap<>();
  private final Map<String, String> byId = new HashMap<>();
  private final Map<String, String> byName = new HashMap<>();

  /// What a request names a document by.
  ///
  /// @param text the document itself, or null
  /// @param hash of the document, or null
  /// @param id of the document, or null
  /// @param operation its name, or null
  public record Named(
      @Nullable String text,
      @Nullable String hash,
      @Nullable String id,
      @Nullable String operation) {}

  private Allowed(List<WrittenDocument> documents) {
    for (var document : documents) {
      var text = document.text();
      byPlain.put(document.plain(), text);
      byHash.put(document.hash(), text);
      if (document.id() != null) {
        byId.put(document.id(), text);
      }
      document.operations().forEach(name -> byName.put(name, text));
    }
  }

  /// Reads the owner's files; what is wrong with them is told by [OperationsCheck].
  public static Allowed of(Operations operations) {
    return new Allowed(documents(operations, new ArrayList<>()));
  }

  static List<WrittenDocument> documents(Operations operations, List<Mistake> mistakes) {
    return operations.files().stream()
        .flatMap(file -> WrittenFile.documents(file, mistakes).stream())
        .toList();
  }

  /// The document that a request asks for, where it is one of these.
  public Optional<String> find(Named named) {
    var text = named.text();
    if (text != null) {
      return Optional.ofNullable(byPlain.get(WrittenDocument.plain(text)));
    }
    var hash = named.hash();
    if (hash != null) {
      return Optional.ofNullable(byHash.get(hash));
    }
    var id = named.id();
    if (id != null) {
      return Optional.ofNullable(
          id.startsWith(BY_HASH) ? byHash.get(id.substring(BY_HASH.length())) : byId.get(id));
    }
    var operation = named.operation();
    return Optional.ofNullable(operation == null ? null : byName.get(operation));
  }
}
