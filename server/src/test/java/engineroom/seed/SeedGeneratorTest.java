package engineroom.seed;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.rows.Known;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedGeneratorTest {
  private static final Path EXAMPLES = Path.of(System.getProperty("engineroom.root"), "examples");

  @Test
  void makes_the_bytes_of_the_shop_again(@TempDir Path folder) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var program = EXAMPLES.resolve("shop/SeedGenerator.java").toString();
    var process = new ProcessBuilder(java, program, folder.toString()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
    try (var files = Files.list(EXAMPLES.resolve("shop/seed"))) {
      var kept = files.filter(file -> !file.endsWith("user.yaml")).toList();
      assertThat(kept).hasSize(11);
      for (var file : kept) {
        assertThat(Files.mismatch(file, folder.resolve(file.getFileName())))
            .as(file.toString())
            .isEqualTo(-1);
      }
    }
  }

  @Test
  void reads_every_row_of_the_shop() throws IOException {
    var model =
        SketchedModel.of(
            "category: name text unique, slug text, parent category?, position integer",
            "supplier: name text unique, email email, phone text?, website text?, country text, since date",
            "product: sku text unique, name text, slug text, details text?, price money, cost money?,"
                + " weight decimal?, stock integer, status choice, category category,"
                + " supplier supplier, keywords texts, attributes json?, availableFrom date",
            "review: product product, signature text, rating integer, title text, text text?, writtenOn date",
            "warehouse: code text unique, name text, country text, location point, opensAt time?, active boolean",
            "level: product product, warehouse warehouse, quantity integer, countedOn date?",
            "customer: number text unique, name text, email email unique, phone text?, language text, born date?",
            "address: customer customer, street text, postcode text, city text, country text, location point?",
            "coupon: code text unique, percent decimal, validFrom date, validUntil date, countries texts",
            "order: number text unique, customer customer, status text, placedAt timestamp, sentOn date?,"
                + " coupon coupon?, shipping money, total money, remark text?",
            "line: order +order, product product, quantity integer, price money",
            "user: email text unique, emailVerified boolean, userName text unique, name text,"
                + " roles texts?, locale text?, password text");
    assertThat(rows(model, "shop/seed")).isEqualTo(104_737);
  }

  @Test
  void reads_every_row_of_the_atlas_and_the_notes() throws IOException {
    var atlas =
        SketchedModel.of(
            "nation: code text unique, name text unique, continent text, capital text?,"
                + " currencies texts, languages texts",
            "city: geoname integer unique, name text, nation nation, population integer,"
                + " location point, timezone text");
    assertThat(rows(atlas, "atlas/seed")).isEqualTo(25_249);
    assertThat(rows(SketchedModel.of("note: text text, done boolean"), "notes/seed")).isEqualTo(3);
  }

  private static long rows(engineroom.model.Model model, String folder) throws IOException {
    var taken = new AtomicInteger();
    long read =
        new SeedFolder(model, Known.NOTHING, UUID::randomUUID)
            .read(
                EXAMPLES.resolve(folder),
                (_, rows) -> taken.addAndGet(rows.size()),
                (_, _, _) -> {});
    assertThat(read).isEqualTo(taken.get());
    return read;
  }
}
