package engineroom.door.rest;

import engineroom.operation.Call;
import engineroom.operation.Operation;
import engineroom.outcome.Outcome;

/// Runs an operation: the engine, as this door sees it.
@FunctionalInterface
public interface Runner {
  Outcome run(Operation operation, Call call);
}
