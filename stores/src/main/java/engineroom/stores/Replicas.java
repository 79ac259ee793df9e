package engineroom.stores;

import java.util.List;

/// The copies of a database that answer reads of requests which a [Freshness] is bound to.
public interface Replicas {
  /// Whether they also answer those who don't say what they wrote.
  boolean answerEverybody();

  /// For how long at most a copy that answers may lack what was written, in whole seconds.
  int staleSeconds();

  /// Each that answers nothing at the moment, with the reason.
  List<String> leftOut();
}
