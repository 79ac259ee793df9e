package engineroom.http;

/// What a request asks for, as `product.list`, for the access log. A door tells it as soon as it
/// knows; whatever comes of the request, the log has it.
public final class OperationName {
  static final ScopedValue<OperationName> CURRENT = ScopedValue.newInstance();

  private volatile String entity = "";
  private volatile String verb = "";

  OperationName() {}

  /// The request under way is this. Without a server around it nothing happens.
  public static void tell(String entity, String verb) {
    if (CURRENT.isBound()) {
      var name = CURRENT.get();
      name.entity = entity;
      name.verb = verb;
    }
  }

  /// Empty where no door has told it.
  String text() {
    return entity.isEmpty() ? "" : entity + "." + verb;
  }
}
