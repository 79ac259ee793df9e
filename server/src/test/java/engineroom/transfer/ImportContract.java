package engineroom.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What holds of imports over every store.
abstract class ImportContract {
  private static final String TWO = "sku,name,stock\nA1,Tea,3\nA2,Cup,4\n";

  Depot depot;

  abstract Depot open() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    depot = open();
  }

  @AfterEach
  void end() {
    depot.close();
  }

  private static String row(String sku, String name, int stock) {
    return "\"sku\":\"%s\",\"name\":\"%s\",\"stock\":%d".formatted(sku, name, stock);
  }

  @Test
  void creates_a_row_for_every_line() {
    var answer = depot.csv("", TWO);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"created\":2,\"changed\":0,\"unchanged\":0,\"refused\":0,\"errors\":[]");
    assertThat(depot.products()).contains(row("A1", "Tea", 3), row("A2", "Cup", 4));
  }

  @Test
  void changes_rows_by_a_key_and_leaves_alone_what_the_file_does_not_have() {
    depot.csv("", "sku,name,stock,note\nA1,Tea,3,old\nA2,Cup,4,\n");
    var answer = depot.csv("by=sku", "sku,stock\nA1,9\nA2,4\nA3,1\n");
    assertThat(answer.body()).contains("\"created\":0,\"changed\":1,\"unchanged\":1,\"refused\":1");
    assertThat(answer.body()).contains("\"line\":4,\"column\":\"name\",\"problem\":\"name is");
    assertThat(depot.products()).contains(row("A1", "Tea", 9), row("A2", "Cup", 4));
    assertThat(depot.get("/api/products?sku=A1").body()).contains("\"note\":\"old\"");
  }

  @Test
  void takes_an_empty_cell_as_null_where_there_is_no_default() {
    depot.csv("", "sku,name,stock,note\nA1,Tea,3,old\n");
    depot.csv("by=sku", "sku,name,stock,note\nA1,Tea,,\nA2,Cup,,\n");
    assertThat(depot.products()).contains(row("A1", "Tea", 3), row("A2", "Cup", 5));
    assertThat(depot.get("/api/products?sku=A1").body()).contains("\"note\":null");
  }

  @Test
  void replaces_or_ignores_rows_that_are_there_where_asked() {
    depot.csv("", TWO);
    depot.csv("by=sku&onConflict=ignore", "sku,name\nA1,Other\n");
    depot.csv("by=sku&onConflict=replace", "sku,name\nA2,Other\n");
    assertThat(depot.products()).contains(row("A1", "Tea", 3), row("A2", "Other", 5));
  }

  @Test
  void reads_money_lists_dates_and_references_by_what_is_unique() {
    depot.json("POST", "/api/categories", "{\"name\":\"Tea & co\"}");
    var answer =
        depot.csv(
            "",
            """
            sku,name,price,cost,cost.currency,tags,since,category.name
            A1,"Green ""tea""\",450,12,USD,a|b,2026-08-01,Tea & co
            """);
    assertThat(answer.body()).contains("\"created\":1");
    assertThat(depot.get("/api/products?expand=category").body())
        .contains(
            "\"name\":\"Green \\\"tea\\\"\"",
            "\"price\":{\"amount\":450,\"currency\":\"EUR\"}",
            "\"cost\":{\"amount\":12,\"currency\":\"USD\"}",
            "\"tags\":[\"a\",\"b\"]",
            "\"since\":\"2026-08-01\"",
            "\"name\":\"Tea & co\"");
  }

  @Test
  void lets_a_line_refer_to_one_before_it() {
    var answer = depot.csv("", "sku,name,replaces.sku\nA1,Tea,\nA2,Cup,A1\nA3,Pot,A9\n");
    assertThat(answer.body())
        .contains("\"created\":2", "\"line\":4,\"column\":\"replaces\"")
        .contains("refers to no product whose sku is A9");
  }

  @Test
  void renames_and_passes_over_columns_and_finds_the_delimiter() {
    var query = "map=" + Depot.encoded("Artikelnummer=sku,Bezeichnung=name") + "&ignore=Lager";
    var answer = depot.csv(query, "\uFEFFArtikelnummer;Lager;Bezeichnung\r\nA1;x;Tee, grün\r\n");
    assertThat(answer.body()).contains("\"created\":1");
    assertThat(depot.products()).contains(row("A1", "Tee, grün", 5));
  }

  @Test
  void tells_mistakes_by_the_names_of_the_file() {
    var query = "map=" + Depot.encoded("Nr=sku,Bestand=stock,Titel=name");
    assertThat(depot.csv(query, "Nr\tTitel\tBestand\nA1\tTea\tviele\n").body())
        .contains("\"column\":\"Bestand\",\"problem\":\"Bestand is not an integer\"");
  }

  @Test
  void reads_ndjson_and_json_arrays() {
    var lines = "{\"sku\":\"A1\",\"name\":\"Tea\"}\n\n[1]\n{\"sku\":\"A2\",\"nam\":\"Cup\"}\nx\n";
    var ndjson =
        depot.upload("admin", "", "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
    assertThat(ndjson.body())
        .contains("\"created\":1", "\"refused\":3", "\"line\":3", "\"line\":4", "\"line\":5")
        .contains("nam is no field of product; did you mean name?");
    var array =
        "[ {\"sku\":\"B1\",\"name\":\"a,]}\\\"\",\"price\":7},\n{\"sku\":\"B2\",\"name\":\"b\"} ]";
    var json =
        depot.upload("admin", "", "application/json", array.getBytes(StandardCharsets.UTF_8));
    assertThat(json.body()).contains("\"created\":2,\"changed\":0,\"unchanged\":0,\"refused\":0");
  }

  @Test
  void a_dry_run_tells_the_same_and_changes_nothing() {
    depot.csv("", TWO);
    int before = depot.changes();
    var answer = depot.csv("by=sku&dryRun=true", "sku,name,stock\nA1,Tea,9\nA3,Pot,1\nA4,Can,x\n");
    assertThat(answer.body())
        .contains("\"created\":1,\"changed\":1,\"unchanged\":0,\"refused\":1", "\"line\":4")
        .doesNotContain("\"id\"");
    assertThat(depot.changes()).isEqualTo(before);
    assertThat(depot.products()).contains(row("A1", "Tea", 3)).doesNotContain("A3");
  }

  @Test
  void an_atomic_import_is_all_or_nothing() {
    var answer = depot.csv("atomic=true", TWO + "A3,Pot,x\n");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("line 4, column stock", "stock is not an integer");
    assertThat(depot.changes()).isZero();
    assertThat(depot.csv("atomic=true", TWO).body()).contains("\"created\":2");
  }

  @Test
  void refused_lines_come_back_as_csv_to_be_mended_and_sent_again() {
    var file = "sku,name,stock\nA1,Tea,3\nA2,\"Cup, blue\",many\nA1,Pot,1\n";
    var refused =
        depot.send(
            "admin",
            "POST",
            "/api/products/import?by=sku",
            Map.of("content-type", "text/csv", "accept", "text/csv"),
            file.getBytes(StandardCharsets.UTF_8));
    assertThat(refused.body().split("\r\n", -1))
        .containsExactly(
            "sku,name,stock,_line,_error",
            "A2,\"Cup, blue\",many,3,stock is not an integer",
            "A1,Pot,1,4,sku is that of line 2 already",
            "");
    assertThat(refused.headers()).containsEntry("Import-Created", "1");
    assertThat(refused.headers()).containsEntry("Import-Refused", "2");
    var mended = refused.body().replace("many", "7");
    assertThat(depot.csv("by=sku", mended).body()).contains("\"created\":1,\"changed\":1");
    assertThat(depot.products()).contains(row("A2", "Cup, blue", 7), row("A1", "Pot", 1));
  }

  @Test
  void refuses_a_file_for_its_columns_and_changes_nothing() {
    var answer = depot.csvAsGuest("", "sku,nme,margin,checked,price.tax,sku\nA1,x,1,true,1,A1\n");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body())
        .contains("line 1, column nme", "Did you mean name?", "map=nme=field", "ignore=nme")
        .contains("\"path\":\"line 1, column margin\",\"code\":\"unknown\"")
        .contains("line 1, column checked", "can't be written")
        .contains("price has the parts amount, currency")
        .contains("line 1, column sku", "is there twice");
    assertThat(depot.changes()).isZero();
  }

  @Test
  void says_of_a_hidden_field_what_it_says_of_one_that_does_not_exist() {
    var hidden = depot.csvAsGuest("", "sku,name,margin\nA1,Tea,1\n").body();
    var absent = depot.csvAsGuest("", "sku,name,nargim\nA1,Tea,1\n").body();
    assertThat(hidden.replace("margin", "nargim")).isEqualTo(absent);
    var by = depot.csvAsGuest("by=margin", "sku,name,margin\nA1,Tea,1\n").body();
    assertThat(by.replace("margin", "nargim"))
        .isEqualTo(depot.csvAsGuest("by=nargim", "sku,name,nargim\nA1,Tea,1\n").body());
  }

  @Test
  void refuses_a_file_that_lacks_the_key() {
    assertThat(depot.csv("by=sku", "name\nTea\n").body())
        .contains("line 1, column sku", "is no column, but rows are to be found by it");
    assertThat(depot.csv("by=sku", "sku,name\n,Tea\n").body())
        .contains("\"line\":2,\"column\":\"sku\"", "is required, for rows are found by it");
    assertThat(depot.csv("by=name", TWO).body()).contains("name is not unique", "by=sku");
  }

  @Test
  void refuses_a_file_that_is_not_csv_by_its_line_and_changes_nothing() {
    assertThat(depot.csv("", TWO + "A3,\"Pot,1\n").body())
        .contains("Line 4 of the file has a quote that is never closed", "Nothing was imported");
    assertThat(depot.csv("", TWO + "A3,P\"ot,1\n").body())
        .contains("Line 4 of the file has a quote within a cell");
    assertThat(depot.csv("", "").body()).contains("Line 1 of the file is empty");
    var latin1 = (TWO + "A3,Grün,1\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThat(depot.upload("admin", "", "text/csv", latin1).body())
        .contains("Line 4 of the file is not UTF-8: save the file with that encoding");
    assertThat(depot.changes()).isZero();
  }

  @Test
  void refuses_lines_with_too_many_or_too_few_cells_alone() {
    assertThat(depot.csv("", TWO + "A3,Pot,1,2\nA4,Can\n").body())
        .contains("\"created\":2", "The line has 4 cells where the header has 3", "Too many are: 2")
        .contains("\"line\":5", "The line has 2 cells where the header has 3");
  }

  @Test
  void refuses_what_it_does_not_know() {
    assertThat(depot.csv("byy=sku", TWO).status()).isEqualTo(400);
    assertThat(depot.csv("map=sku", TWO).body()).contains("which is no column=field");
    assertThat(depot.csv("ignore=nothing", TWO).body()).contains("but is no column");
    assertThat(depot.upload("admin", "", "text/plain", new byte[0]).status()).isEqualTo(415);
    assertThat(depot.csv("onConflict=update", TWO).body()).contains("onConflict needs a key");
    assertThat(depot.csv("dryRun=true&atomic=true", TWO).status()).isEqualTo(400);
    assertThat(depot.changes()).isZero();
  }

  @Test
  void refuses_an_import_that_the_caller_may_not_make() {
    var file = "code\nx\n".getBytes(StandardCharsets.UTF_8);
    var answer = depot.send("guest", "POST", "/api/vaults/import", "text/csv", file);
    assertThat(answer.status()).as(answer.body()).isEqualTo(401);
  }

  @Test
  void imports_more_lines_than_share_a_transaction() {
    var file =
        IntStream.range(0, 1203)
            .mapToObj(i -> "S" + i + ",Name " + i + "," + (i == 777 ? "x" : "1"))
            .collect(Collectors.joining("\n", "sku,name,stock\n", ""));
    assertThat(depot.csv("by=sku", file).body()).contains("\"created\":1202", "\"line\":779");
    assertThat(depot.csv("by=sku", file).body())
        .contains("\"changed\":0,\"unchanged\":1202,\"refused\":1");
    var twice = depot.csv("by=sku", file + "\nS0,Other,1").body();
    assertThat(twice).contains("\"line\":1205", "sku is that of line 2 already");
  }
}
