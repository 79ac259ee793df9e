package engineroom.door.graphql;

import engineroom.door.batch.Counting;
import engineroom.door.graphql.compiled.RootField;
import engineroom.door.graphql.schema.Root;
import engineroom.model.Model;
import engineroom.operation.Call;
import java.util.List;

/// Counts root fields as the REST requests that do the same, so that no limit is gone around.
final class RootRoutes {
  private final Model model;
  private final Counting counting;

  RootRoutes(Model model, Counting counting) {
    this.model = model;
    this.counting = counting;
  }

  /// Counts all of them; a problem where one is too many.
  void count(List<RootField> roots, Call call) {
    int asked = 0;
    for (var field : roots) {
      switch (field) {
        case RootField.Rows(_, var root, _, _, _) -> asked += count(root, call);
        case RootField.Paged(_, var root, _, _) -> asked += count(root, call);
        case RootField.Totals(_, var root, _, _, _) -> asked += count(root, call);
        case RootField.Counted(_, var root, _, _) -> asked += count(root, call);
        case RootField.TypeName _, RootField.RequestId _, RootField.Introspection _ -> {
          // of no rows
        }
      }
    }
    counting.more(call, Math.max(0, asked - 1));
  }

  private int count(Root root, Call call) {
    var all = "/api/" + model.entity(root.entity()).plural();
    switch (root) {
      case Root.Many _, Root.Page _ -> counting.within(call, "GET", all);
      case Root.One _, Root.ByKey _ -> counting.within(call, "GET", all + "/0");
      case Root.Totals _ -> counting.within(call, "GET", all + "/aggregate");
      case Root.Write(_, var what) -> written(what, all, call);
    }
    return 1;
  }

  private void written(Root.Writing what, String all, Call call) {
    switch (what) {
      case CREATE, CREATE_MANY -> counting.within(call, "POST", all);
      case UPDATE -> counting.within(call, "PATCH", all + "/0");
      case UPDATE_MANY -> counting.within(call, "PATCH", all);
      case UPSERT -> counting.within(call, "PUT", all);
      case DELETE -> counting.within(call, "DELETE", all + "/0");
      case DELETE_MANY -> counting.within(call, "DELETE", all);
    }
  }
}
