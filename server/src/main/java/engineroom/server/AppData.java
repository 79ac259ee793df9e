package engineroom.server;

import engineroom.app.App.ConfigException;
import engineroom.json.SchemaCheck;
import engineroom.migrate.MigrationPlan;
import engineroom.model.Model;
import engineroom.operation.FieldRules;
import engineroom.problem.ProblemException;
import engineroom.stores.Database;
import engineroom.stores.StoreAddress;
import engineroom.stores.copy.Side;
import engineroom.stores.postgres.PostgresDatabase;
import engineroom.stores.postgres.PostgresSide;
import engineroom.stores.sqlite.SqliteDatabase;
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

  /// @param project the app's folder
  /// @param data the folder that the program writes into; null for that of the database's file, or
  ///   `data` in the project
  static AppData of(Model model, Path project, @Nullable Path data) {
    return of(model.store(), project, data);
  }

  /// The same for another store than the model's.
  ///
  /// @param store as a model would say it
  static AppData of(String store, Path project, @Nullable Path data) {
    return switch (StoreAddress.parse(store)) {
      case StoreAddress.SqliteFile(var written) -> ofFile(file(written, project, data));
      case StoreAddress.Postgres server -> {
        var folder = data == null ? project.resolve(FOLDER) : data;
        yield new AppData(server, folder.toAbsolutePath());
      }
    };
  }

  /// A file in the project, or in another data folder under its own name.
  private static Path file(Path written, Path project, @Nullable Path data) {
    return data == null
        ? project.resolve(written).toAbsolutePath()
        : data.resolve(written.getFileName()).toAbsolutePath();
  }

  private static AppData ofFile(Path file) {
    var folder = Objects.requireNonNull(file.getParent(), "a file of an app is in a folder");
    return new AppData(new StoreAddress.SqliteFile(file), folder);
  }

  private static FieldRules rules() {
    return new FieldRules(new SchemaCheck());
  }

  /// Opens the database, or makes it.
  Database open() {
    try {
      return switch (address) {
        case StoreAddress.SqliteFile(var file) -> SqliteDatabase.open(file, rules());
        case StoreAddress.Postgres(var server) -> PostgresDatabase.open(server, rules());
      };
    } catch (ProblemException e) {
      throw new ConfigException(Engineroom.told(e));
    }
  }

  /// What the database needs to fit a model. Changes nothing, whoever has it open.
  MigrationPlan plan(Model model) {
    return switch (address) {
      case StoreAddress.SqliteFile(var file) -> SqliteDatabase.plan(file, model, rules());
      case StoreAddress.Postgres(var server) -> PostgresDatabase.plan(server, model, rules());
    };
  }

  /// The database as what a copy reads.
  Side reading() {
    return switch (address) {
      case StoreAddress.SqliteFile(var file) -> SqliteSide.reading(file);
      case StoreAddress.Postgres(var server) -> PostgresSide.reading(server);
    };
  }

  /// The database as what a copy writes; a file is made where there is none, and its folder.
  Side writing() {
    return switch (address) {
      case StoreAddress.SqliteFile(var file) -> {
        makeFolder();
        yield SqliteSide.writing(file);
      }
      case StoreAddress.Postgres(var server) -> PostgresSide.writing(server);
    };
  }

  private void makeFolder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("can't make " + folder, e);
    }
  }

  /// Refuses where there is no database yet.
  void mustExist() {
    switch (address) {
      case StoreAddress.SqliteFile(var file) -> {
        if (!Files.exists(file)) {
          var hint = "Start the app once, or name its data folder with --data.";
          throw new ConfigException(List.of("There is no database " + file + ". " + hint));
        }
      }
      case StoreAddress.Postgres _ -> {
        // to open it is to find out
      }
    }
  }

  /// The file that backups copy; nothing where the database is no file.
  Optional<Path> file() {
    return switch (address) {
      case StoreAddress.SqliteFile(var file) -> Optional.of(file);
      case StoreAddress.Postgres _ -> Optional.empty();
    };
  }
}
