package engineroom.seed;

import engineroom.json.Json;
import engineroom.json.JsonLimits;
import engineroom.json.JsonReader;
import engineroom.model.Entity;
import engineroom.model.Model;
import engineroom.modelfile.YamlRows;
import engineroom.modelfile.YamlRows.NotRows;
import engineroom.modelfile.YamlRows.YamlRow;
import engineroom.problem.ProblemException;
import engineroom.rows.CsvCells;
import engineroom.rows.CsvReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out which entities the files of a seed have rows of, and how to read those.
final class SeedSources {
  /// The rows of one entity in one file.
  record Source(Entity entity, Reading reading) {}

  /// Reads a source to its end.
  interface Reading {
    void read() throws IOException;
  }

  private final Model model;
  private final Batches batches;

  SeedSources(Model model, Batches batches) {
    this.model = model;
    this.batches = batches;
  }

  List<Source> of(List<Path> files) throws IOException {
    var sources = new ArrayList<Source>();
    for (var path : files) {
      var file = path.getFileName().toString();
      int dot = file.lastIndexOf('.');
      var entity = file.substring(0, Math.max(dot, 0));
      switch (file.substring(dot + 1)) {
        case "csv" -> add(sources, file, entity, found -> csv(path, file, found));
        case "ndjson" -> add(sources, file, entity, found -> ndjson(path, file, found));
        case "yaml", "yml" -> yaml(path, file, entity, sources);
        case String _ ->
            mistake(file, 1, "is no seed: name it <entity>.yaml, <entity>.csv or <entity>.ndjson");
      }
    }
    return sources;
  }

  private interface EntityReading {
    void read(Entity entity) throws IOException;
  }

  private void add(List<Source> sources, String file, String name, EntityReading reading) {
    var entity = entity(file, 1, name);
    if (entity != null) {
      sources.add(new Source(entity, () -> reading.read(entity)));
    }
  }

  private @Nullable Entity entity(String file, long line, String name) {
    var entity = model.findEntity(name);
    if (entity.isEmpty()) {
      var hint = Names.hint(name, model.entities().keySet());
      mistake(file, line, "has rows of " + name + ", which is not an entity" + hint);
    }
    return entity.orElse(null);
  }

  private void yaml(Path path, String file, String named, List<Source> sources) throws IOException {
    var byEntity = new LinkedHashMap<String, List<YamlRow>>();
    try (var in = reader(path)) {
      for (var row : YamlRows.read(in)) {
        var entity = row.entity().isEmpty() ? named : row.entity();
        byEntity.computeIfAbsent(entity, _ -> new ArrayList<>()).add(row);
      }
    } catch (NotRows mistake) {
      mistake(file, mistake.line(), String.valueOf(mistake.getMessage()));
    }
    byEntity.forEach(
        (name, rows) -> {
          var entity = entity(file, rows.getFirst().line(), name);
          if (entity != null) {
            sources.add(new Source(entity, () -> give(entity, file, rows)));
          }
        });
  }

  private void give(Entity entity, String file, List<YamlRow> rows) {
    for (var row : rows) {
      batches.row(entity, new SeedPlace(file, row.line()), row.row());
    }
  }

  private void csv(Path path, String file, Entity entity) throws IOException {
    try (var in = batches.counted(Files.newInputStream(path))) {
      var csv = CsvReader.of(in, ',');
      var columns = csv.next();
      if (columns == null || !sound(file, entity, columns)) {
        return;
      }
      var cells = new CsvCells(model, entity, columns);
      for (var record = csv.next(); record != null; record = csv.next()) {
        csvRow(entity, new SeedPlace(file, csv.line()), cells, record);
      }
    } catch (CsvReader.NotCsv mistake) {
      mistake(file, mistake.line(), String.valueOf(mistake.getMessage()));
    }
  }

  private void csvRow(Entity entity, SeedPlace place, CsvCells cells, List<String> record) {
    if (record.size() != cells.width()) {
      batches.mistake(
          place, null, "has " + record.size() + " cells where the header has " + cells.width());
      return;
    }
    var row = cells.row(record, (column, message) -> batches.mistake(place, column, message));
    batches.row(entity, place, row);
  }

  private boolean sound(String file, Entity entity, List<String> columns) {
    boolean sound = true;
    for (var column : columns) {
      var name = column.contains(".") ? column.substring(0, column.indexOf('.')) : column;
      if (entity.findField(name).isEmpty()) {
        batches.mistake(new SeedPlace(file, 1), column, Names.absent(entity, name));
        sound = false;
      }
    }
    if (columns.stream().distinct().count() < columns.size()) {
      mistake(file, 1, "has a column twice");
      sound = false;
    }
    return sound;
  }

  private void ndjson(Path path, String file, Entity entity) throws IOException {
    try (var in = reader(path)) {
      long line = 0;
      for (var text = in.readLine(); text != null; text = in.readLine()) {
        line++;
        if (!text.isBlank()) {
          jsonRow(entity, new SeedPlace(file, line), text);
        }
      }
    }
  }

  private void jsonRow(Entity entity, SeedPlace place, String text) {
    try {
      var json = JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.defaults());
      if (json instanceof Json.Obj row) {
        batches.row(entity, place, row);
      } else {
        batches.mistake(place, null, "must be an object");
      }
    } catch (ProblemException notJson) {
      batches.mistake(place, null, "is not JSON: " + notJson.problem().hint());
    }
  }

  private void mistake(String file, long line, String message) {
    batches.mistake(new SeedPlace(file, line), null, message);
  }

  private BufferedReader reader(Path path) throws IOException {
    var bytes = batches.counted(Files.newInputStream(path));
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }
}
