package engineroom.server;

import engineroom.modelfile.OwningFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of a model as they are to be, beside those that they replace. The folder looks like
/// the app's: what is not of the model is linked.
final class StagedModel implements AutoCloseable {
  /// Where the files of the model stay as they were.
  static final String FORMER = "before-own";

  private static final String STAGED = ".engineroom-own";

  private final Path app;
  private final Path folder;

  private StagedModel(Path app, Path folder) {
    this.app = app;
    this.folder = folder;
  }

  /// Files that were written and are not in place yet.
  static Optional<StagedModel> find(Path app) {
    var folder = app.resolve(STAGED);
    return Files.isDirectory(folder) ? Optional.of(new StagedModel(app, folder)) : Optional.empty();
  }

  /// Files that are there as long as somebody looks at them.
  static StagedModel passing(Path app, Map<Path, String> files) {
    try {
      var staged = new StagedModel(app, Files.createTempDirectory("engineroom-own"));
      staged.fill(files);
      return staged;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes the files beside the app's, all of them or none.
  static StagedModel write(Path app, Map<Path, String> files) {
    try {
      putAside(app.resolve(FORMER));
      var coming = new StagedModel(app, app.resolve(STAGED + ".new"));
      coming.close();
      Files.createDirectories(coming.folder);
      coming.fill(files);
      var staged = new StagedModel(app, app.resolve(STAGED));
      Files.move(coming.folder, staged.folder, StandardCopyOption.ATOMIC_MOVE);
      force(app);
      return staged;
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + app.resolve(STAGED), e);
    }
  }

  /// Files of a former time keep their place no longer than they have to.
  private static void putAside(Path former) throws IOException {
    if (Files.exists(former)) {
      var free = former;
      for (var next = 2; Files.exists(free); next++) {
        free = former.resolveSibling(FORMER + "-" + next);
      }
      Files.move(former, free);
    }
  }

  Path folder() {
    return folder;
  }

  private void fill(Map<Path, String> files) throws IOException {
    for (var file : files.entrySet()) {
      keep(folder.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
    }
    try (var all = Files.list(app)) {
      for (var other : all.toList()) {
        var name = app.relativize(other);
        if (!OwningFiles.isModel(name) && !name.toString().startsWith(STAGED)) {
          Files.createSymbolicLink(folder.resolve(name), other.toAbsolutePath());
        }
      }
    }
  }

  private static void keep(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, bytes);
    force(file);
  }

  private static void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Puts the files in place of the app's, which are kept aside. May be done again.
  void putInPlace() {
    try {
      for (var file : files()) {
        var name = folder.relativize(file);
        var former = app.resolve(FORMER).resolve(name);
        if (!Files.exists(former)) {
          keep(former, Files.readAllBytes(app.resolve(name)));
        }
        var coming = app.resolve(name + ".new");
        keep(coming, Files.readAllBytes(file));
        Files.move(coming, app.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
      force(app);
      close();
    } catch (IOException e) {
      throw new UncheckedIOException("can't write the model of " + app, e);
    }
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> OwningFiles.isModel(folder.relativize(file)))
          .sorted()
          .toList();
    }
  }

  /// Takes the files away.
  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete " + folder, e);
    }
  }
}
