package engineroom.cli;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Watches a project's files and tells, once they have been quiet for a moment, which have changed.
/// Editors write one file in several steps; the moment makes one report of them.
final class Watcher implements Runnable {
  private static final List<String> FOLDERS = List.of("model", "seed");
  private static final String MAIN_FILE = "engineroom.yaml";

  private final Path folder;
  private final Duration quiet;
  private final Consumer<String> changed;

  /// @param changed told the names: `model/product.yaml, seed/product.csv`
  Watcher(Path folder, Duration quiet, Consumer<String> changed) {
    this.folder = folder;
    this.quiet = quiet;
    this.changed = changed;
  }

  @Override
  public void run() {
    try (var service = folder.getFileSystem().newWatchService()) {
      watchFolders(service);
      while (true) {
        var names = new TreeSet<String>();
        collect(service.take(), names);
        for (var key = next(service); key != null; key = next(service)) {
          collect(key, names);
        }
        watchFolders(service);
        if (!names.isEmpty()) {
          changed.accept(String.join(", ", names));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The files in " + folder + " can't be watched.", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable WatchKey next(WatchService service) throws InterruptedException {
    return service.poll(quiet.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Asking again for a folder that is watched changes nothing, so new folders are found by asking
  /// for all.
  private void watchFolders(WatchService service) throws IOException {
    watch(folder, service);
    for (var name : FOLDERS) {
      var root = folder.resolve(name);
      if (Files.isDirectory(root)) {
        watchInside(root, service);
      }
    }
  }

  private static void watchInside(Path root, WatchService service) throws IOException {
    try (var inside = Files.walk(root, 8)) {
      for (var each : inside.filter(Files::isDirectory).toList()) {
        watch(each, service);
      }
    }
  }

  private static void watch(Path each, WatchService service) throws IOException {
    each.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
  }

  private void collect(WatchKey key, Set<String> names) {
    var watched = (Path) key.watchable();
    for (var event : key.pollEvents()) {
      if (event.context() instanceof Path file) {
        var name = folder.relativize(watched.resolve(file)).toString();
        if (belongs(name)) {
          names.add(name);
        }
      }
    }
    key.reset();
  }

  private static boolean belongs(String name) {
    return name.equals(MAIN_FILE)
        || (FOLDERS.contains(Path.of(name).getName(0).toString())
            && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".csv")));
  }
}
