package engineroom.backup;

import static engineroom.problem.ProblemException.problem;

import engineroom.door.admin.Backups;
import engineroom.problem.StoreProblem.Unavailable;
import java.util.List;

/// The backups of an app whose database is no file: its server's own tools make them.
public final class OtherBackups implements Backups {
  /// What can't be done.
  public static final String WHAT =
      "Engineroom backs up files of SQLite, and this app is on a server.";

  /// What can be done instead.
  public static final String WAY_OUT =
      "Of PostgreSQL, pg_dump makes copies, and pg_basebackup with the archived log any moment;"
          + " of MariaDB, mariadb-dump does, and mariadb-backup with the binary log;"
          + " of MySQL, mysqldump does, with the binary log for any moment.";

  @Override
  public One make() {
    throw problem(new Unavailable(WHAT, WAY_OUT));
  }

  @Override
  public All all() {
    return new All(List.of(), List.of(WHAT + " " + WAY_OUT), null, null);
  }
}
