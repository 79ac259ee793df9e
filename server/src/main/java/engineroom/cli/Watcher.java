package engineroom.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import engineroom.app.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Watches a project's files and tells, once they have been quiet for a moment, which have changed.
/// Editors write one file in several steps; the moment makes one report of them.
///
/// The files are watched from [#open] on: what changes before [#follow] is told then.
final class Watcher implements AutoCloseable {
  /// The files that belong, by their folder.
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "model", List.of(".yaml", ".yml"),
          "seed", List.of(".yaml", ".yml", ".csv", ".ndjson"),
          "mails", List.of(".txt", ".html"));

  private static final String MAIN_FILE = "engineroom.yaml";
  private static final int FOLDERS_DEEP_MAX = 8;

  private final Path folder;
  private final WatchService service;
  private final Quiet quiet;

  private Watcher(Path folder, WatchService service, Quiet quiet) {
    this.folder = folder;
    this.service = service;
    this.quiet = quiet;
  }

  /// Waits for the end of a burst of changes.
  interface Quiet {
    /// The next event of the burst, or null once the files are quiet.
    @Nullable WatchKey next(WatchService service) throws InterruptedException;

    /// Files are quiet when nothing has changed for so long.
    static Quiet after(Duration pause) {
      return service -> service.poll(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /// Begins to watch.
  static Watcher open(Path folder, Quiet quiet) {
    if (!Files.isDirectory(folder)) {
      throw new App.ConfigException(
          List.of("There is no folder " + folder + ". Make a project: engineroom new " + folder));
    }
    try {
      var watcher = new Watcher(folder, folder.getFileSystem().newWatchService(), quiet);
      watcher.watchFolders();
      return watcher;
    } catch (IOException e) {
      throw new UncheckedIOException("The files in " + folder + " can't be watched.", e);
    }
  }

  /// Tells of every change until the watcher is closed or the thread interrupted.
  ///
  /// @param changed told the names: `model/product.yaml, seed/product.csv`
  void follow(Consumer<String> changed) {
    try {
      while (true) {
        var names = burst();
        if (!names.isEmpty()) {
          changed.accept(String.join(", ", names));
        }
      }
    } catch (ClosedWatchServiceException _) {
      return; // closed: the end
    } catch (IOException e) {
      throw new UncheckedIOException("The files in " + folder + " can't be watched any more.", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> burst() throws IOException, InterruptedException {
    var names = new TreeSet<String>();
    collect(service.take(), names);
    for (var key = quiet.next(service); key != null; key = quiet.next(service)) {
      collect(key, names);
    }
    watchFolders();
    return names;
  }

  /// Asking again for a folder that is watched changes nothing, so new folders are found by asking
  /// for all.
  private void watchFolders() throws IOException {
    watch(folder);
    for (var name : KINDS.keySet()) {
      for (var each : folders(folder.resolve(name))) {
        watch(each);
      }
    }
  }

  private static List<Path> folders(Path root) throws IOException {
    try (var inside = Files.walk(root, FOLDERS_DEEP_MAX)) {
      return inside.filter(Files::isDirectory).toList();
    } catch (NoSuchFileException _) {
      return List.of(); // a project may do without, and its return is an event
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        return List.of(root); // one went away during the walk, which is an event of its parent
      }
      throw e;
    }
  }

  private void watch(Path each) throws IOException {
    try {
      each.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
    } catch (NoSuchFileException e) {
      if (each.equals(folder)) {
        throw e;
      }
    }
  }

  private void collect(WatchKey key, Set<String> names) {
    var watched = (Path) key.watchable();
    for (var event : key.pollEvents()) {
      if (event.context() instanceof Path file) {
        var name = folder.relativize(watched.resolve(file)).toString();
        if (belongs(name)) {
          names.add(name);
        }
      } else {
        names.add("many files"); // more events than the system keeps
      }
    }
    key.reset();
  }

  /// Folders belong too: files that came with a new one have no events of their own.
  private boolean belongs(String name) {
    if (name.equals(MAIN_FILE)) {
      return true;
    }
    var kinds = KINDS.getOrDefault(Path.of(name).getName(0).toString(), List.of());
    return kinds.stream().anyMatch(name::endsWith)
        || (!kinds.isEmpty() && Files.isDirectory(folder.resolve(name)));
  }
}
