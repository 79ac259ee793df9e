package engineroom.stores.sqlite.backup;

/// A backup can't be made or restored: what is wrong, where, and the way out.
public final class BackupRefused extends RuntimeException {
  private final String what;
  private final String wayOut;

  BackupRefused(String what, String wayOut) {
    super(what + " " + wayOut);
    this.what = what;
    this.wayOut = wayOut;
  }

  /// What is wrong, and where.
  public String what() {
    return what;
  }

  /// What may be done about it.
  public String wayOut() {
    return wayOut;
  }
}
