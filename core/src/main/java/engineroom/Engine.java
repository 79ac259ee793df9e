package engineroom;

import engineroom.authorize.Allowed;
import engineroom.authorize.Authorizer;
import engineroom.authorize.Grants;
import engineroom.data.Ids;
import engineroom.data.Stages;
import engineroom.model.Model;
import engineroom.operation.Call;
import engineroom.operation.FieldRules.JsonSchemas;
import engineroom.operation.Operation;
import engineroom.outcome.Outcome;
import engineroom.plan.Planner;
import engineroom.run.Reads;
import engineroom.run.Writes;
import engineroom.store.Store;

/// The way of one operation: operation → authorize → plan → store → outcome. Every door ends here,
/// and nothing goes around it.
public final class Engine {
  private final Model model;
  private final Authorizer authorizer;
  private final Reads reads;
  private final Writes writes;

  /// @param store whose model is the engine's
  /// @param schemas checks values of fields with a JSON Schema
  public Engine(Store store, JsonSchemas schemas, Ids ids) {
    this.model = store.model();
    this.authorizer = new Authorizer(model);
    this.reads = new Reads(store, new Planner(model));
    this.writes = new Writes(store, reads, schemas, ids);
  }

  /// The model that operations are asked in.
  public Model model() {
    return model;
  }

  /// Runs one operation for whoever makes the call. What they can act on is thrown as a
  /// `ProblemException`.
  public Outcome run(Operation operation, Call call) {
    var allowed = Stages.time("authorize", () -> authorizer.authorize(operation, call));
    return switch (allowed) {
      case Allowed.Reading reading when operation instanceof Operation.Fetch ->
          reads.one(reading, call.timeLimit());
      case Allowed.Reading reading -> reads.read(reading, call.timeLimit());
      case Allowed.Summarizing summarizing -> reads.summarize(summarizing, call.timeLimit());
      case Allowed.Explaining explaining -> reads.explain(explaining.reading());
      case Allowed.Writing writing -> writes.write(writing);
    };
  }

  /// What the caller may do and know of, for doors that show what there is.
  public Grants grants(Call call) {
    return authorizer.grants(call);
  }
}
