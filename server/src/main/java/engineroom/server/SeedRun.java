package engineroom.server;

import engineroom.app.App;
import engineroom.app.Progress;
import engineroom.problem.ProblemException;
import engineroom.seed.SeedFolder;
import engineroom.seed.SeedRefused;
import engineroom.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// Reads seeds into a store, each wholly or not at all: a seed is one transaction.
final class SeedRun {
  private final Wiring wiring;
  private final Store store;
  private final InstantSource clock;
  private final Progress progress;

  SeedRun(Wiring wiring, Store store, InstantSource clock, Progress progress) {
    this.wiring = wiring;
    this.store = store;
    this.clock = clock;
    this.progress = progress;
  }

  /// A way to read seeds.
  private interface Reading {
    long from(SeedFolder seeds, SeedWriter sink) throws IOException;
  }

  /// Reads every file of a folder, where no entity has a row yet.
  void intoEmpty(Path folder) {
    if (new SeedWriter(wiring.engine(store), store.model(), clock).empty()) {
      var _ = folder(folder);
    }
  }

  /// Reads every file of a folder; gives the number of rows.
  long folder(Path folder) {
    return read((seeds, sink) -> seeds.read(folder, sink, this::show));
  }

  /// Reads files.
  long files(List<Path> files) {
    return read((seeds, sink) -> seeds.read(files, sink, this::show));
  }

  private void show(long rows, long done, long whole) {
    progress.show("seed: " + rows + " rows", done, whole);
  }

  private long read(Reading reading) {
    try {
      return wiring
          .engine(store)
          .together(
              session -> {
                var sink = new SeedWriter(session, store.model(), clock);
                return read(reading, new SeedFolder(store.model(), sink, wiring.ids()::next), sink);
              });
    } catch (ProblemException e) {
      throw new App.ConfigException(Engineroom.told(e));
    }
  }

  private static long read(Reading reading, SeedFolder seeds, SeedWriter sink) {
    try {
      return reading.from(seeds, sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SeedRefused e) {
      throw new App.ConfigException(Engineroom.texts(e.mistakes()));
    }
  }
}
