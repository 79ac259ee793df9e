package engineroom.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds of undoing imports, and of exports, over every store.
abstract class UndoContract {
  private static final String FIRST =
      "sku,name,stock,note\nA1,Tea,3,old\nA2,Cup,4,\nA3,Pot,5,kept\n";

  private Depot depot;

  abstract Depot open() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    depot = open();
  }

  @AfterEach
  void end() {
    depot.close();
  }

  /// The rows without what changes with every write.
  private String rows() {
    var fields = "id,sku,name,stock,price,note,category.id,checked";
    return depot.get("/api/products?sort=sku&limit=500&fields=" + fields).body();
  }

  private String idOf(String sku) {
    return depot.get("/api/products?fields=id&sku=" + sku).id();
  }

  @Test
  void undo_puts_changed_rows_back_and_deletes_created_ones() {
    depot.csv("", FIRST);
    var before = rows();
    var id = depot.csv("by=sku", "sku,name,note,price\nA1,T,,7\nA4,Can,new,8\nA2,Cup,x,\n").id();
    assertThat(rows()).isNotEqualTo(before);
    var undone = depot.undo(id);
    assertThat(undone.status()).as(undone.body()).isEqualTo(200);
    assertThat(undone.body()).contains("\"created\":1,\"changed\":2").contains("\"undone\":");
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void undo_takes_back_what_a_partly_refused_import_of_many_transactions_did() {
    depot.csv("", FIRST);
    var before = rows();
    var file =
        IntStream.range(0, 1300)
            .mapToObj(i -> "A" + i + ",N" + i + "," + (i % 400 == 7 ? "x" : "1"))
            .collect(Collectors.joining("\n", "sku,name,stock\n", "\n"));
    var answer = depot.csv("by=sku", file);
    assertThat(answer.body())
        .contains("\"created\":1293,\"changed\":3,\"unchanged\":0,\"refused\":4");
    assertThat(depot.undo(answer.id()).status()).isEqualTo(200);
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void undo_is_refused_as_a_whole_where_somebody_changed_a_row_since() {
    depot.csv("", FIRST);
    var id = depot.csv("by=sku", "sku,name,stock\nA1,Tea,9\nA2,Cup,9\nA9,Can,1\n").id();
    var a2 = idOf("A2");
    depot.json("PATCH", "/api/products/" + a2, "{\"name\":\"Mug\"}");
    var now = rows();
    var refused = depot.undo(id);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body())
        .contains("store/changed-since", "The import of products.csv can't be undone")
        .contains("\"path\":\"product " + a2 + "\"", "was changed since", "Nothing was undone.");
    assertThat(rows()).isEqualTo(now);
  }

  @Test
  void undo_is_refused_where_a_row_was_deleted_or_referred_to_since() {
    var id = depot.csv("", FIRST).id();
    depot.json(
        "POST",
        "/api/products",
        "{\"sku\":\"B\",\"name\":\"b\",\"replaces\":\"" + idOf("A1") + "\"}");
    depot.send("admin", "DELETE", "/api/products/" + idOf("A3"), "", new byte[0]);
    var now = rows();
    assertThat(depot.undo(id).body())
        .contains("is not there any more", "product " + idOf("A1"), "is referred to by");
    assertThat(rows()).isEqualTo(now);
  }

  @Test
  void an_import_is_undone_once_and_by_nobody_else() {
    var id = depot.csv("", FIRST).id();
    var guest = depot.send("guest", "DELETE", "/api/imports/" + id, "", new byte[0]);
    assertThat(guest.status()).isEqualTo(404);
    assertThat(depot.undo(id).status()).isEqualTo(200);
    assertThat(depot.undo(id).body()).contains("It was undone at");
    assertThat(depot.undo("nothing").status()).isEqualTo(404);
  }

  @Test
  void a_client_can_not_smuggle_its_own_change_into_an_import() {
    depot.csv("", FIRST);
    var id = depot.csv("by=sku", "sku,stock\nA1,8\n").id();
    depot.send(
        "admin",
        "PATCH",
        "/api/products/" + idOf("A2"),
        Map.of("content-type", "application/json", "x-request-id", "import/" + id),
        "{\"stock\":7}".getBytes(StandardCharsets.UTF_8));
    assertThat(depot.undo(id).status()).isEqualTo(200);
    assertThat(depot.get("/api/products?fields=stock&sku=A2").body()).contains("\"stock\":7");
  }

  @Test
  void lists_imports_the_latest_first() {
    assertThat(depot.get("/api/imports").body()).isEqualTo("{\"data\":[]}");
    depot.csv("file=one.csv", FIRST);
    depot.csv("file=two.csv&by=sku", "sku,stock\nA1,8\n");
    depot.csv("file=three.csv&dryRun=true&by=sku", "sku,stock\nA1,9\n");
    var listed = depot.get("/api/imports").body();
    assertThat(listed).containsSubsequence("two.csv", "\"changed\":1", "one.csv", "\"created\":3");
    assertThat(listed).doesNotContain("three.csv");
    var guest = depot.send("guest", "GET", "/api/imports", "", new byte[0]);
    assertThat(guest.body()).isEqualTo("{\"data\":[]}");
  }

  private Depot.Answer export(String caller, String query, String accept) {
    var target = "/api/products/export?" + query;
    return depot.send(caller, "GET", target, Map.of("accept", accept), new byte[0]);
  }

  @Test
  void exports_every_row_that_a_question_finds_without_a_page() {
    var file =
        IntStream.range(0, 1203)
            .mapToObj(i -> "S" + (10_000 + i) + ",N,1")
            .collect(Collectors.joining("\n", "sku,name,stock\n", "\n"));
    depot.csv("", file);
    var csv = export("admin", "fields=sku,name,stock&sort=sku", "text/csv").body();
    assertThat(csv).isEqualTo(file.replace("\n", "\r\n"));
    var some = "filter=" + Depot.encoded("sku >= 'S11200'") + "&sort=-sku&fields=sku";
    assertThat(export("admin", some, "application/x-ndjson").body())
        .isEqualTo("{\"sku\":\"S11202\"}\n{\"sku\":\"S11201\"}\n{\"sku\":\"S11200\"}\n");
    assertThat(export("admin", some, "application/json").body())
        .isEqualTo("[\n{\"sku\":\"S11202\"},\n{\"sku\":\"S11201\"},\n{\"sku\":\"S11200\"}\n]");
    assertThat(export("admin", "sku=none", "application/json").body()).isEqualTo("[\n]");
  }

  @Test
  void what_is_exported_can_be_imported_again() {
    depot.json("POST", "/api/categories", "{\"name\":\"Tea\"}");
    depot.csv("", "sku,name,price,note,category.name,tags\nA1,\"a,\"\"b\",5,\"x\ny\",Tea,a|b\n");
    var fields = "fields=sku,name,price,note,category.id";
    var before = export("admin", fields, "text/csv").body();
    assertThat(depot.csv("by=sku", before).body()).contains("\"unchanged\":1,\"refused\":0");
    var lines = export("admin", fields, "application/x-ndjson").body();
    var again =
        depot.upload(
            "admin", "by=sku", "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
    assertThat(again.body()).contains("\"unchanged\":1,\"refused\":0");
  }

  @Test
  void an_export_shows_what_its_caller_may_see() {
    depot.csv("", "sku,name,margin\nA1,Tea,765432198\n");
    assertThat(export("admin", "", "text/csv").body()).contains("margin", "765432198");
    assertThat(export("guest", "", "text/csv").body())
        .doesNotContain("margin")
        .doesNotContain("765432198");
    assertThat(export("guest", "filter=margin+%3D%3D+765432198", "text/csv").status())
        .isEqualTo(400);
    assertThat(export("admin", "limit=5", "text/csv").body()).contains("There is no limit here");
    assertThat(export("admin", "", "text/html").status()).isEqualTo(406);
    var vault = depot.send("guest", "GET", "/api/vaults/export", Map.of(), new byte[0]);
    assertThat(vault.status()).isEqualTo(401);
  }
}
