package engineroom.backup;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.app.App;
import engineroom.app.BackupWork.Project;
import engineroom.app.BackupWork.Restoring;
import engineroom.app.Progress;
import engineroom.data.Row;
import engineroom.data.Value;
import engineroom.http.HttpConfig;
import engineroom.json.SchemaCheck;
import engineroom.model.Entity.Access.Whose;
import engineroom.model.Model;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.server.Engineroom;
import engineroom.stores.sqlite.SqliteDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shop of the examples, with part of its rows: backed up, restored and taken back in time, and
/// compared row by row.
class ShopRoundTripTest {
  private static final Path SHOP = Path.of("../examples/shop");
  private static final String KEY = "er_admin_of_the_shop_tests";
  private static final int PRODUCTS = 400;

  @TempDir Path folder;
  private final Engineroom app = new Engineroom();
  private Path file;
  private Model model;

  @BeforeEach
  void with_part_of_the_seed() throws IOException {
    copy("engineroom.yaml");
    for (var name : List.of("catalog", "sales", "stock")) {
      copy("model/" + name + ".yaml");
    }
    for (var name : List.of("category.yaml", "supplier.csv", "warehouse.csv", "coupon.ndjson")) {
      copy("seed/" + name);
    }
    var products = Files.readAllLines(SHOP.resolve("seed/product.csv"));
    Files.write(folder.resolve("seed/product.csv"), products.subList(0, PRODUCTS + 1));
    file = folder.resolve("data/shop.db");
    if (!(ModelReader.read(folder, Map.of(), new SchemaCheck()) instanceof Reading.Good good)) {
      throw new AssertionError("the shop's model is not good");
    }
    model = good.model();
    assertThat(app.seed(folder, List.of(), Progress.ofTerminal(System.err)))
        .isGreaterThan(PRODUCTS);
  }

  private void copy(String name) throws IOException {
    var to = folder.resolve(name);
    Files.createDirectories(to.getParent());
    Files.copy(SHOP.resolve(name), to);
  }

  private Map<String, Map<String, Value>> rows(Path database) {
    try (var opened = SqliteDatabase.open(database)) {
      return opened
          .store(model)
          .scan(
              tables -> {
                var rows = new TreeMap<String, Map<String, Value>>();
                for (var entity : model.entities().values()) {
                  if (entity.access().whose() == Whose.OWNER) { // the program's go on
                    for (Row row : tables.rows(entity.name())) {
                      rows.put(entity.name() + " " + row.id(), new LinkedHashMap<>(row.values()));
                    }
                  }
                }
                return rows;
              });
    }
  }

  private Path restored(Restoring restoring) {
    app.backups().restore(new Project(folder, null), restoring);
    return folder.resolve("look/shop.db");
  }

  @Test
  void comes_back_from_a_backup_row_by_row() throws IOException {
    var before = rows(file);
    app.backups().make(new Project(folder, null));
    Path backup;
    try (var files = Files.list(folder.resolve("data/backups"))) {
      backup = files.findFirst().orElseThrow();
    }
    var look = restored(new Restoring(backup, folder.resolve("look"), null, null));
    assertThat(rows(look)).hasSizeGreaterThan(PRODUCTS).isEqualTo(before);
  }

  @Test
  void comes_back_in_time_row_by_row_whatever_the_types_of_its_fields() throws Exception {
    var before = rows(file);
    var last = (long) before.size();
    var running =
        app.start(
            folder,
            new App.ServeOptions(
                HttpConfig.defaults().at("127.0.0.1", 0),
                null,
                App.Seeding.NONE,
                App.Mode.PRODUCTION,
                KEY));
    try (var client = HttpClient.newHttpClient()) {
      var ids = before.keySet().stream().filter(key -> key.startsWith("product ")).toList();
      for (var i = 0; i < 60; i++) {
        var id = ids.get(i).replaceAll(".*uuid=(.*)]", "$1");
        var to = URI.create("http://127.0.0.1:" + running.port() + "/api/products/" + id);
        var request = HttpRequest.newBuilder(to).header("Authorization", "Bearer " + KEY);
        var sent =
            i % 2 == 0
                ? request.DELETE()
                : request
                    .header("Content-Type", "application/json")
                    .method("PATCH", BodyPublishers.ofString(change(i)));
        var answer = client.send(sent.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 204);
      }
    } finally {
      running.close();
    }
    assertThat(rows(file)).hasSize(before.size() - 30);
    var look = restored(new Restoring(null, folder.resolve("look"), null, last));
    assertThat(rows(look)).isEqualTo(before);
  }

  private static String change(int number) {
    return """
        {"name":"Changed \\"%1$d\\" \u00e9\\u2028","cost":null,"weight":"%1$d.125",
         "keywords":["a,b","]\\"["],"attributes":{"x":[1,2.50,{"y":null}],"z":"\\\\"},
         "details":"line\\nline","availableFrom":"2030-02-28"}
        """
        .formatted(number);
  }
}
