package engineroom.seed;

import engineroom.model.Model;
import engineroom.rows.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Reads the rows that an app begins with: files of YAML, CSV and NDJSON, named by their entity, in
/// the order in which the model's entities refer to each other. A YAML file may also hold several
/// entities, each a list under its name.
public final class SeedFolder {
  /// Rows handed on at once.
  public static final int BATCH = 500;

  /// Mistakes told; reading stops there.
  public static final int MISTAKES_MAX = 50;

  private final Model model;
  private final Known known;
  private final Supplier<UUID> ids;

  /// @param known rows that are there already
  /// @param ids for rows that have none
  public SeedFolder(Model model, Known known, Supplier<UUID> ids) {
    this.model = model;
    this.known = known;
    this.ids = ids;
  }

  /// Hands every row to the sink and says how many there were. A folder that is not there has none.
  ///
  /// @throws SeedRefused with every mistake, when all files were read
  public long read(Path folder, Sink sink, Progress progress) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    return read(files(folder), sink, progress);
  }

  /// Hands the rows of some files to the sink and says how many there were.
  ///
  /// @throws SeedRefused with every mistake, when all files were read
  public long read(List<Path> files, Sink sink, Progress progress) throws IOException {
    long bytes = 0;
    for (var file : files) {
      bytes += Files.size(file);
    }
    var batches = new Batches(new RowReader(model, known, ids), sink, new Tally(progress, bytes));
    var sources = new SeedSources(model, batches).of(files);
    var order = SeedOrder.of(model);
    sources.sort(Comparator.comparingInt(source -> order.indexOf(source.entity().name())));
    for (var source : sources) {
      source.reading().read();
      batches.finish();
    }
    return batches.end();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return new ArrayList<>(
          all.filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .toList());
    }
  }
}
