package {{package}}.client;

/** What a row is to hold. Values that are not named stay, or get their defaults. */
public abstract class Input {
  private final Json.Object json;

  /**
   * @param json as it is sent
   */
  protected Input(Json.Object json) {
    this.json = json;
  }

  /** As it is sent. */
  public final Json.Object json() {
    return json;
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && other.getClass() == getClass() && ((Input) other).json.equals(json);
  }

  @Override
  public final int hashCode() {
    return json.hashCode();
  }

  @Override
  public final String toString() {
    return json.written();
  }
}
