package engineroom.server;

import engineroom.adopt.Adoption;
import engineroom.app.App.Adopted;
import engineroom.app.App.ConfigException;
import engineroom.modelfile.TakenWords;
import engineroom.stores.BadAddress;
import engineroom.stores.StoreAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes an app for a database that is there already.
final class AdoptDesk {
  /// What the program's own database is called behind the name of the adopted one, where a server
  /// has no schemas.
  private static final String OWN = "_engineroom";

  private final StoreAddress address;

  /// @param address as a model would say it
  AdoptDesk(String address) {
    try {
      this.address = StoreAddress.parse(address);
    } catch (BadAddress e) {
      throw new ConfigException(List.of(e.what(), e.wayOut()));
    }
  }

  Adopted adopt(@Nullable Path out) {
    var name = name();
    var folder = out == null ? Path.of(name) : out;
    if (Files.exists(folder)) {
      throw new ConfigException(
          List.of(folder + " exists already. Name another folder with --out, or delete it."));
    }
    var words = new Adoption.Words(TakenWords.ofEntities(), TakenWords.ofFields());
    var app = Adoption.of(AppData.find(address), words, name, store(folder));
    if (app.entities().isEmpty()) {
      throw new ConfigException(
          List.of("There is no table that could be served.", String.join("\n", app.report())));
    }
    write(folder, app.files());
    var _ = Engineroom.good(folder);
    return new Adopted(folder, app.entities().size(), app.report(), next(folder));
  }

  private String name() {
    var name =
        switch (address) {
          case StoreAddress.SqliteFile(var file, _) ->
              String.valueOf(file.getFileName()).replaceFirst("\\.[A-Za-z0-9]+$", "");
          case StoreAddress.Postgres(var server) -> server.database();
          case StoreAddress.Maria(var server) -> server.database();
        };
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /// Without a password, which has no place in a file.
  private String store(Path folder) {
    return switch (address) {
      case StoreAddress.SqliteFile(var file, _) ->
          "sqlite:data/app.db"
              + StoreAddress.ATTACH
              + folder.toAbsolutePath().normalize().relativize(file.toAbsolutePath().normalize());
      case StoreAddress.Postgres(var server) -> "${DATABASE_URL:" + server + "}";
      case StoreAddress.Maria(var server) -> "${DATABASE_URL:" + server + OWN + "}";
    };
  }

  private static void write(Path folder, Map<String, String> files) {
    try {
      for (var file : files.entrySet()) {
        var path = folder.resolve(file.getKey());
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " can't be written.", e);
    }
  }

  private List<String> next(Path folder) {
    var start = "engineroom dev " + folder;
    return switch (address) {
      case StoreAddress.SqliteFile _ -> List.of("Next: " + start);
      case StoreAddress.Maria(var server) ->
          List.of(
              "The program's own tables go into the database "
                  + server.database()
                  + OWN
                  + ": make"
                  + " it with CREATE DATABASE.",
              "Next, with its address and password in the environment: DATABASE_URL=… " + start);
      case StoreAddress.Postgres _ ->
          List.of("Next, with the password in the environment: DATABASE_URL=… " + start);
    };
  }
}
