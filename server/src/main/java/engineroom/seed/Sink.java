package engineroom.seed;

import engineroom.operation.Input;
import java.util.List;

/// Takes the rows of a seed.
public interface Sink {
  /// Up to [SeedFolder#BATCH] rows of one entity, each with its id. Entities come in the order in
  /// which they refer to each other.
  void accept(String entity, List<Input> rows);
}
