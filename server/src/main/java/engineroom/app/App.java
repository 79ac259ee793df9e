package engineroom.app;

import engineroom.http.Handler;
import engineroom.http.HttpConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/// What the commands ask of the program. The commands parse, print and watch; the work is behind
/// this.
public interface App {
  /// What is to be said of a folder's model.
  Checked check(Path folder);

  /// What is to be said of a model, ready to print.
  ///
  /// @param summary of a good model; empty for another
  /// @param notes what is right but may not be meant
  /// @param mistakes empty where the model is good
  record Checked(String summary, List<String> notes, List<String> mistakes) {
    public Checked {
      notes = List.copyOf(notes);
      mistakes = List.copyOf(mistakes);
    }
  }

  /// The JSON Schema of files of a kind.
  String schema(Files files);

  /// Kinds of files that the owner writes.
  enum Files {
    MODEL,
    /// Access tests.
    TESTS
  }

  /// The routes that a folder's model gives: `GET /api/products`.
  List<String> routes(Path folder);

  /// A client of a folder's app: the texts of its files, by their paths.
  Map<String, String> client(Path folder, Language language);

  /// What clients are written in.
  sealed interface Language {
    /// An npm package.
    Language TYPESCRIPT = new TypeScript();

    /// TypeScript.
    record TypeScript() implements Language {}

    /// Java.
    ///
    /// @param packageName of the types of the model: `com.example.shop`
    record Java(String packageName) implements Language {
      private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

      public Java {
        var words = packageName.split("\\.", -1);
        if (!NAME.matcher(packageName).matches()
            || Arrays.stream(words).anyMatch(SourceVersion::isKeyword)) {
          throw new IllegalArgumentException(
              "no package of Java can be called " + packageName + ", as com.example.shop can");
        }
      }
    }
  }

  /// Reads rows into the store: from the files named, or else from the folder's `seed/`. Returns
  /// how many were written.
  int seed(Path folder, List<Path> files, Progress progress);

  /// Opens a folder's database and answers requests to it as the server would, without a server.
  ///
  /// @param data the folder that the program writes into; null for `data` in the model's folder
  Opened open(Path folder, @Nullable Path data);

  /// The doors of a folder's app.
  interface Opened extends AutoCloseable {
    Handler doors();

    @Override
    void close();
  }

  /// What a folder's database needs to fit its model. Changes nothing.
  ///
  /// @param data the folder that the program writes into; null for `data` in the model's folder
  Plan plan(Path folder, @Nullable Path data);

  /// What a database needs, ready to print.
  ///
  /// @param faults rows that stand in the way
  /// @param drift what somebody changed by hand
  record Plan(List<PlannedStep> steps, List<String> faults, List<String> drift) {
    public Plan {
      steps = List.copyOf(steps);
      faults = List.copyOf(faults);
      drift = List.copyOf(drift);
    }
  }

  /// One step.
  ///
  /// @param mark `safe`, `slow` or `destructive`
  /// @param rows that it concerns; for a drop those that hold a value
  record PlannedStep(String step, String mark, long rows) {}

  /// Makes a folder's database fit its model, or refuses and changes nothing.
  Migrated migrate(Path folder, @Nullable Path data, Losing losing);

  /// What was done, ready to print.
  ///
  /// @param backup where the copy is that was made before; null where nothing was lost
  record Migrated(Plan plan, @Nullable String backup) {}

  /// Whether values may be lost by a migration.
  enum Losing {
    REFUSED,
    ALLOWED
  }

  /// Who may do what.
  AccessWork access();

  /// Looks whether a folder's audit log is as it was written; the program that serves the app does
  /// so, where one runs.
  Verified verifyAudit(Path folder, @Nullable Path data);

  /// What was found, ready to print.
  record Verified(boolean good, List<String> lines) {
    public Verified {
      lines = List.copyOf(lines);
    }
  }

  /// Backups, made and restored.
  BackupWork backups();

  /// Copies of databases.
  CopyWork copies();

  /// Writes an app that serves a database as it is. Changes nothing in the database.
  ///
  /// @param address of the database, as `store` names one
  /// @param out the folder to write; null for one with the database's name
  Adopted adopt(String address, @Nullable Path out);

  /// What was written, ready to print.
  ///
  /// @param report what is not served as the database has it
  record Adopted(Path folder, int entities, List<String> report, List<String> next) {
    public Adopted {
      report = List.copyOf(report);
      next = List.copyOf(next);
    }
  }

  /// Lets the model of a folder own what it served from somebody else's tables, or says what that
  /// takes.
  Owned own(Path folder, @Nullable Path data, Owning owning);

  /// Whether it is only looked at.
  enum Owning {
    PLANNED,
    DONE
  }

  /// What it takes to own the tables, ready to print. Where rows stand in the way, nothing is done.
  ///
  /// @param changes what is otherwise than it was
  /// @param next what there is to do, where it was done
  record Owned(Plan plan, List<String> changes, List<String> next) {
    public Owned {
      changes = List.copyOf(changes);
      next = List.copyOf(next);
    }
  }

  /// Starts to serve.
  Running start(Path folder, ServeOptions options);

  /// The effect that the model's seed rows have on a start.
  enum Seeding {
    NONE,
    WHEN_EMPTY
  }

  /// How changes of the model meet a database that differs.
  enum Mode {
    /// Steps that lose nothing are applied, answers explain more, and `reload` may be called.
    DEVELOPMENT,
    /// Differences stop the start.
    PRODUCTION,
    /// As in production, after the steps that lose nothing.
    MIGRATION
  }

  /// How to serve.
  ///
  /// @param data the folder that the program writes into; null for `data` in the model's folder
  /// @param administratorKey `ENGINEROOM_ADMIN_KEY`, or null
  record ServeOptions(
      HttpConfig http,
      @Nullable Path data,
      Seeding seeding,
      Mode mode,
      @Nullable String administratorKey) {}

  /// A server under way.
  interface Running extends AutoCloseable {
    int port();

    /// Takes the model as it is in the files now, without dropping a request. Where there are
    /// mistakes, the model served stays.
    Reloaded reload();

    /// What came of a reload, ready to print.
    ///
    /// @param changes of the model that is served now
    /// @param mistakes for which it was not taken
    record Reloaded(List<String> changes, List<String> mistakes) {
      public Reloaded {
        changes = List.copyOf(changes);
        mistakes = List.copyOf(mistakes);
      }
    }

    @Override
    void close();
  }

  /// The owner's files or settings are wrong: one message ready to print. Commands end with 78.
  final class ConfigException extends RuntimeException {
    public ConfigException(List<String> mistakes) {
      super(String.join(System.lineSeparator(), mistakes), null, false, false);
    }
  }
}
