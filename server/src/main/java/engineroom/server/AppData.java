package engineroom.server;

import engineroom.app.App.ConfigException;
import engineroom.json.SchemaCheck;
import engineroom.migrate.MigrationPlan;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.problem.ProblemException;
import engineroom.stores.Database;
import engineroom.stores.StoreAddress;
import engineroom.stores.adopt.Findings;
import engineroom.stores.copy.Side;
import engineroom.stores.mariadb.MariaAdoption;
import engineroom.stores.mariadb.MariaDatabase;
import engineroom.stores.mariadb.MariaSide;
import engineroom.stores.postgres.PostgresAdoption;
import engineroom.stores.postgres.PostgresDatabase;
import engineroom.stores.postgres.PostgresSide;
import engineroom.stores.sqlite.SqliteAdoption;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.stores.sqlite.SqlitePlan;
import engineroom.stores.sqlite.SqliteSide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where an app's rows live, and the folder that the program writes into besides. Alone knows which
/// databases there are.
///
/// @param address with a file that is absolute
/// @param folder of keys, backups and the like
record AppData(StoreAddress address, Path folder) {
  private static final String FOLDER = "data";

  /// Where the program's own tables are, beside somebody else's.
  static final String OWN_SCHEMA = "engineroom";

  /// @param project the app's folder
  /// @param folder that the program writes into; null for that of the database's file, or `data` in
  ///   the project
  static AppData of(Model model, Path project, @Nullable Path folder) {
    var data = of(model.store(), project, folder);
    return model.owned() != model && data.address() instanceof StoreAddress.Postgres(var server)
        ? new AppData(new StoreAddress.Postgres(server.in(OWN_SCHEMA)), data.folder())
        : data;
  }

  /// The same for another store than the model's.
  ///
  /// @param store as a model would say it
  static AppData of(String store, Path project, @Nullable Path data) {
    return switch (StoreAddress.parse(store)) {
      case StoreAddress.SqliteFile(var written, var attached) ->
          ofFile(
              file(written, project, data),
              attached == null ? null : project.resolve(attached).toAbsolutePath().normalize());
      case StoreAddress.Postgres server -> ofServer(server, project, data);
      case StoreAddress.Maria server -> ofServer(server, project, data);
    };
  }

  private static AppData ofServer(StoreAddress server, Path project, @Nullable Path data) {
    var folder = data == null ? project.resolve(FOLDER) : data;
    return new AppData(server, folder.toAbsolutePath());
  }

  /// A file in the project, or in another data folder under its own name.
  private static Path file(Path written, Path project, @Nullable Path data) {
    return data == null
        ? project.resolve(written).toAbsolutePath()
        : data.resolve(written.getFileName()).toAbsolutePath();
  }

  private static AppData ofFile(Path file, @Nullable Path attached) {
    var folder = Objects.requireNonNull(file.getParent(), "a file of an app is in a folder");
    return new AppData(new StoreAddress.SqliteFile(file, attached), folder);
  }

  private static FieldRules rules() {
    return new FieldRules(new SchemaCheck());
  }

  /// Opens the database, or makes it.
  Database open() {
    try {
      return switch (address) {
        case StoreAddress.SqliteFile(var file, var attached) ->
            SqliteDatabase.open(file, attached, rules());
        case StoreAddress.Postgres(var server) -> PostgresDatabase.open(server, rules());
        case StoreAddress.Maria(var server) -> MariaDatabase.open(server, rules());
      };
    } catch (ProblemException e) {
      throw new ConfigException(Engineroom.told(e));
    }
  }

  /// What the database needs to fit a model. Changes nothing, whoever has it open.
  MigrationPlan plan(Model model) {
    return switch (address) {
      case StoreAddress.SqliteFile(var file, var attached) ->
          SqlitePlan.of(file, attached, model, rules());
      case StoreAddress.Postgres(var server) -> PostgresDatabase.plan(server, model, rules());
      case StoreAddress.Maria(var server) -> MariaDatabase.plan(server, model, rules());
    };
  }

  /// What somebody else's database holds. Changes nothing.
  static Findings find(StoreAddress address) {
    try {
      return switch (address) {
        case StoreAddress.SqliteFile(var file, _) -> SqliteAdoption.find(file);
        case StoreAddress.Postgres(var server) -> PostgresAdoption.find(server);
        case StoreAddress.Maria(var server) -> MariaAdoption.find(server);
      };
    } catch (ProblemException e) {
      throw new ConfigException(Engineroom.told(e));
    }
  }

  /// The database as what a copy reads.
  Side reading() {
    return switch (address) {
      case StoreAddress.SqliteFile(var file, _) -> SqliteSide.reading(file);
      case StoreAddress.Postgres(var server) -> PostgresSide.reading(server);
      case StoreAddress.Maria(var server) -> MariaSide.reading(server);
    };
  }

  /// The database as what a copy writes; a file is made where there is none, and its folder.
  Side writing() {
    return switch (address) {
      case StoreAddress.SqliteFile(var file, _) -> {
        makeFolder();
        yield SqliteSide.writing(file);
      }
      case StoreAddress.Postgres(var server) -> PostgresSide.writing(server);
      case StoreAddress.Maria(var server) -> MariaSide.writing(server);
    };
  }

  private void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("can't make " + folder, e);
    }
  }

  /// Keeps others from moving its tables.
  interface Guard extends AutoCloseable {
    @Override
    void close();
  }

  /// Refuses where somebody else serves the database or moves its tables. Who opens a file or a
  /// database of MariaDB has it alone.
  Guard guard() {
    return address instanceof StoreAddress.Postgres(var server)
        ? PostgresSide.writing(server)::close
        : () -> {};
  }

  /// Refuses where there is no database yet.
  void mustExist() {
    switch (address) {
      case StoreAddress.SqliteFile(var file, _) -> {
        if (!Files.exists(file)) {
          var hint = "Start the app once, or name its data folder with --data.";
          throw new ConfigException(List.of("There is no database " + file + ". " + hint));
        }
      }
      case StoreAddress.Postgres _, StoreAddress.Maria _ -> {
        // to open it is to find out
      }
    }
  }

  /// The file that backups copy; nothing where the database is no file.
  Optional<Path> file() {
    return switch (address) {
      case StoreAddress.SqliteFile(var file, _) -> Optional.of(file);
      case StoreAddress.Postgres _, StoreAddress.Maria _ -> Optional.empty();
    };
  }
}
