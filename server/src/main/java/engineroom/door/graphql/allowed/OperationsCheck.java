package engineroom.door.graphql.allowed;

import engineroom.door.graphql.document.DocumentLimits;
import engineroom.door.graphql.document.Prepared;
import engineroom.door.graphql.document.Rejected;
import engineroom.door.graphql.schema.ReadySchema;
import engineroom.modelfile.GraphQlSettings.Operations;
import engineroom.modelfile.Mistake;
import engineroom.problem.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Holds the documents that the owner wrote down against the model, and tells every mistake with
/// its place.
public final class OperationsCheck {
  private final ReadySchema schema;
  private final DocumentLimits limits;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Map<String, Path> names = new HashMap<>();

  private OperationsCheck(ReadySchema schema, DocumentLimits limits) {
    this.schema = schema;
    this.limits = limits;
  }

  /// What is wrong with them, in order of files and places.
  ///
  /// @param schema of a caller who may do everything
  public static List<Mistake> mistakes(
      Operations operations, ReadySchema schema, DocumentLimits limits) {
    var check = new OperationsCheck(schema, limits);
    Allowed.documents(operations, check.mistakes).forEach(check::look);
    return check.mistakes.stream().sorted().toList();
  }

  private void look(WrittenDocument document) {
    try {
      var _ = Prepared.of(document.text(), schema, limits);
    } catch (Rejected rejected) {
      rejected.faults().forEach(fault -> tell(document, fault));
      return;
    } catch (ProblemException e) {
      mistakes.add(new Mistake(document.file(), 0, 0, e.problem().title(), e.problem().hint()));
      return;
    }
    document.operations().forEach(name -> named(document, name));
  }

  private void tell(WrittenDocument document, Rejected.Fault fault) {
    var place = fault.place();
    boolean within = place != null && document.id() == null;
    var message = fault.message().endsWith(".") ? fault.message() : fault.message() + ".";
    mistakes.add(
        new Mistake(
            document.file(),
            within && place != null ? place.line() : 0,
            within && place != null ? place.column() : 0,
            document.id() == null ? message : document.id() + ": " + message,
            null));
  }

  /// Requests may name an operation alone, so no two may have the same name.
  private void named(WrittenDocument document, String name) {
    var other = names.putIfAbsent(name, document.file());
    if (other != null) {
      mistakes.add(
          new Mistake(
              document.file(),
              0,
              0,
              "There is an operation " + name + " in " + other + " already.",
              "Give one of them another name."));
    }
  }
}
