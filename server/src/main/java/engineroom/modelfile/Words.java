package engineroom.modelfile;

import com.google.re2j.Pattern;
import java.util.Set;

/// The words of the model language that are not the owner's to use.
final class Words {
  /// Words that later versions give a meaning.
  static final Set<String> LATER =
      Set.of(
          "states",
          "counter",
          "localized",
          "publish",
          "tree",
          "blocks",
          "retain",
          "tenant",
          "webhooks",
          "schedules",
          "functions",
          "mails",
          "view");

  /// Words of expressions and queries, which a field can't be called.
  static final Set<String> RESERVED =
      Set.of(
          "and", "or", "not", "in", "true", "false", "null", "old", "row", "caller", "request",
          "arg", "now", "today", "filter", "sort", "fields", "expand", "limit", "offset", "after",
          "count", "explain", "search", "some", "every", "none", "asOf");

  /// Paths of the program itself.
  static final Set<String> PATHS =
      Set.of("batch", "query", "aggregate", "import", "export", "imports", "trash");

  static final Pattern NAME = Pattern.compile("^[a-z][A-Za-z0-9]{0,62}$");

  /// Names of checks, which are parts of error codes.
  static final Pattern CHECK = Pattern.compile("^[a-z][A-Za-z0-9_-]{0,62}$");

  private Words() {}
}
