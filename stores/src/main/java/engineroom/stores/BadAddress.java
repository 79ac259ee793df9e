package engineroom.stores;

/// Tells what is wrong with the address of a store, without repeating it: it may hold a password.
public final class BadAddress extends RuntimeException {
  static final String SQLITE = "store: sqlite:data/app.db.";
  static final String POSTGRES = "store: postgres://user:password@host:5432/name.";

  static final String MARIADB = "store: mariadb://user:password@host:3306/name.";

  static final String MYSQL = "store: mysql://user:password@host:3306/name.";

  private static final long serialVersionUID = 1;

  private final String what;
  private final String wayOut;

  BadAddress(String what, String wayOut) {
    super(what + " " + wayOut, null, false, false);
    this.what = what;
    this.wayOut = wayOut;
  }

  public String what() {
    return what;
  }

  public String wayOut() {
    return wayOut;
  }
}
