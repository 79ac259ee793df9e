package engineroom.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import engineroom.data.Value;
import engineroom.model.Model;
import engineroom.operation.Input;
import engineroom.operation.Input.Assignment;
import engineroom.rows.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedFolderTest {
  private static final String MADE = "01970000-0000-7000-8000-00000000000f";
  private static final String TEA = "01970000-0000-7000-8000-000000000001";

  @TempDir Path folder;
  private final Map<String, List<Input>> rows = new LinkedHashMap<>();
  private final List<Integer> batches = new ArrayList<>();
  private final List<Long> bytes = new ArrayList<>();
  private Known known = Known.NOTHING;

  @BeforeEach
  void forget() {
    rows.clear();
  }

  @Test
  void reads_the_referred_entity_first_whatever_the_names_of_the_files() throws IOException {
    write("category.yaml", "- {id: " + TEA + ", name: Tea}");
    write("a.yaml", "product:\n- {sku: A, category: {name: Tea}}");
    assertThat(read()).isEqualTo(2);
    assertThat(rows.keySet()).containsExactly("category", "product");
    assertThat(value("product", "category")).isEqualTo(new Value.Uuid(UUID.fromString(TEA)));
    assertThat(value("product", "id")).isEqualTo(new Value.Uuid(UUID.fromString(MADE)));
  }

  @Test
  void reads_dotted_columns_lists_json_and_quotes_of_csv() throws IOException {
    write("category.yaml", "- {id: " + TEA + ", name: Tea}");
    write(
        "product.csv",
        """
        sku,price.amount,weight,words,extra,place.latitude,place.longitude,from,category.name\r
        "A ""1"",\nx",450,0.250,a|b,"{""x"": [1, 2]}",52.5,13.4,2026-08-01,Tea\r
        """);
    read();
    assertThat(value("product", "sku")).isEqualTo(Value.of("A \"1\",\nx"));
    assertThat(value("product", "price")).isEqualTo(new Value.Money(450, "EUR"));
    assertThat(value("product", "words"))
        .isEqualTo(new Value.ListOf(List.of(Value.of("a"), Value.of("b"))));
    assertThat(value("product", "extra")).isEqualTo(new Value.Json("{\"x\":[1,2]}"));
    assertThat(value("product", "place")).isEqualTo(new Value.Point(52.5, 13.4));
    assertThat(value("product", "from")).isEqualTo(new Value.Date(LocalDate.of(2026, 8, 1)));
  }

  @Test
  void refers_by_ids_that_are_whole_numbers() throws IOException {
    write("shelf.csv", "id,name\n7,Top\n");
    for (var column : List.of("shelf", "shelf.id")) {
      forget();
      write("book.csv", "id," + column + "\n1,7\n");
      assertThat(readBooks()).isEqualTo(2);
      assertThat(value("book", "shelf")).isEqualTo(Value.of(7));
      write("book.csv", "id," + column + "\n1,x\n");
      assertThatThrownBy(this::readBooks).hasMessageContaining("book.csv:2: shelf is not");
    }
  }

  @Test
  void leaves_out_an_empty_cell_and_writes_null_where_ndjson_says_so() throws IOException {
    write("product.csv", "sku,price\nA,\n");
    write("category.ndjson", "{\"name\": null}\n");
    read();
    assertThat(rows.getOrDefault("product", List.of()).getFirst().assignments())
        .containsOnlyKeys("sku", "id");
    assertThat(value("category", "name")).isEqualTo(Value.NULL);
  }

  @Test
  void hands_on_500_rows_at_once_and_tells_how_far_it_is() throws IOException {
    var csv = new StringBuilder("name\n");
    for (int i = 0; i < 1_001; i++) {
      csv.append("c").append(i).append('\n');
    }
    write("category.csv", csv.toString());
    assertThat(read()).isEqualTo(1_001);
    assertThat(batches).containsExactly(500, 500, 1);
    assertThat(bytes).last().isEqualTo((long) csv.length());
  }

  @Test
  void refers_to_rows_that_are_there_already() throws IOException {
    Value there = new Value.Uuid(UUID.fromString(TEA));
    known = (_, _, value) -> Optional.of(there).filter(_ -> value.equals(Value.of("Old")));
    write("product.csv", "sku,category.name\nA,Old\n");
    read();
    assertThat(value("product", "category")).isEqualTo(there);
  }

  @Test
  void tells_every_mistake_with_its_place_and_hands_on_nothing_after_the_first()
      throws IOException {
    write("category.csv", "name,nme\nTea,x\n");
    write("product.csv", "sku,price,from,category.name\nA,cheap,2026-02-30,\n\nB,1,,Tee\nC,1\n");
    write("prodct.ndjson", "{}\n");
    write("other.txt", "");
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            SeedRefused.class,
            refused ->
                assertThat(refused.mistakes())
                    .extracting(SeedMistake::toString)
                    .containsExactly(
                        "other.txt:1: is no seed: name it <entity>.yaml, <entity>.csv or <entity>.ndjson",
                        "prodct.ndjson:1: has rows of prodct, which is not an entity; did you mean product?",
                        "category.csv:1: nme category.nme does not exist; did you mean name?",
                        "product.csv:2: price is not money: write minor units of EUR, a whole number such as 150",
                        "product.csv:2: from is not a day of the calendar",
                        "product.csv:4: category refers to no category whose name is Tee",
                        "product.csv:5: has 2 cells where the header has 4"));
    assertThat(rows).isEmpty();
  }

  @Test
  void stops_at_50_mistakes() throws IOException {
    write("category.ndjson", "{\"nme\": 1}\n".repeat(51));
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            SeedRefused.class, refused -> assertThat(refused.mistakes()).hasSize(50));
  }

  @Test
  void names_the_line_of_what_is_not_yaml_json_or_csv() throws IOException {
    write("category.yaml", "- {name: Tea}\n- {name: [}\n");
    write("product.ndjson", "{\"sku\": \"A\"}\n{\"sku\": }\n");
    write("product.csv", "sku\nA\n\"B\n");
    assertThatThrownBy(this::read)
        .hasMessageContaining("category.yaml:2: is not YAML")
        .hasMessageContaining("product.ndjson:2: is not JSON")
        .hasMessageContaining("product.csv:3: has a quote that is never closed");
  }

  private long read() throws IOException {
    return read(
        SketchedModel.of(
            "product: sku text unique, price money?, weight decimal?, words texts, extra json?,"
                + " place point?, from date?, category category?",
            "category: name text? unique, parent category?"));
  }

  private long readBooks() throws IOException {
    return read(
        SketchedModel.of("book: id integer, shelf shelf?", "shelf: id integer, name text?"));
  }

  private long read(Model model) throws IOException {
    return new SeedFolder(model, known, () -> UUID.fromString(MADE))
        .read(
            folder,
            (entity, batch) -> {
              batches.add(batch.size());
              rows.computeIfAbsent(entity, _ -> new ArrayList<>()).addAll(batch);
            },
            (_, read, _) -> bytes.add(read));
  }

  private Value value(String entity, String field) {
    var assignment = rows.getOrDefault(entity, List.of()).getFirst().assignments().get(field);
    return assignment instanceof Assignment.To(var value) ? value : Value.of("nothing");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
