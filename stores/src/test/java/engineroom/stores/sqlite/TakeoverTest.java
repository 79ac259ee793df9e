package engineroom.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.data.Value;
import engineroom.model.Field;
import engineroom.model.FieldType.Whole;
import engineroom.stores.migration.Migrated;
import engineroom.stores.migration.Shop;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A database that version 0.1 has made is taken over as it is.
class TakeoverTest {
  private static final List<String> MADE_BY_THE_FIRST_VERSION =
      List.of(
          """
          CREATE TABLE "_engineroom_model" (
            id INTEGER PRIMARY KEY AUTOINCREMENT, entity TEXT NOT NULL, part TEXT NOT NULL,
            definition TEXT NOT NULL, UNIQUE (entity, part)) STRICT""",
          """
          CREATE TABLE "category" ("_row" INTEGER PRIMARY KEY, "id" TEXT NOT NULL UNIQUE, \
          "version" INTEGER NOT NULL, "createdAt" TEXT NOT NULL, "updatedAt" TEXT NOT NULL, \
          "name" TEXT NOT NULL) STRICT""",
          """
          CREATE UNIQUE INDEX "category__name__unique" ON "category" ("name")""",
          """
          CREATE TABLE "product" ("_row" INTEGER PRIMARY KEY, "id" TEXT NOT NULL UNIQUE, \
          "version" INTEGER NOT NULL, "createdAt" TEXT NOT NULL, "updatedAt" TEXT NOT NULL, \
          "name" TEXT NOT NULL, "category" TEXT REFERENCES "category" ("id"), \
          "stock" INTEGER NOT NULL CONSTRAINT "stock__max" CHECK ("stock" <= 100) \
          CONSTRAINT "stock__min" CHECK ("stock" >= 0) DEFAULT 5) STRICT""",
          """
          CREATE INDEX "product__name" ON "product" ("name")""",
          """
          CREATE INDEX "product__category" ON "product" ("category")""",
          """
          INSERT INTO product VALUES (7, '01980000-0000-7000-8000-000000000001', 3,
            '2026-08-01T10:00:00.000000Z', '2026-08-01T10:00:00.000000Z', 'tea', NULL, 9)""",
          part("category", "field id", "required UUID"),
          part("category", "field version", "required INTEGER"),
          part("category", "field createdAt", "required TIMESTAMP"),
          part("category", "field updatedAt", "required TIMESTAMP"),
          part("category", "field name", "required text"),
          part("category", "index category__name__unique", "unique name"),
          part("product", "field id", "required UUID"),
          part("product", "field version", "required INTEGER"),
          part("product", "field createdAt", "required TIMESTAMP"),
          part("product", "field updatedAt", "required TIMESTAMP"),
          part("product", "field name", "required text"),
          part("product", "field category", "optional reference category"),
          part("product", "field stock", "required INTEGER"),
          part("product", "limit stock max", "100"),
          part("product", "limit stock min", "0"),
          part("product", "index product__name", "index name"),
          part("product", "index product__category", "index category"));

  @TempDir Path folder;

  private static String part(String entity, String part, String definition) {
    return "INSERT INTO _engineroom_model (entity, part, definition) VALUES ('%s', '%s', '%s')"
        .formatted(entity, part, definition);
  }

  private Migrated made() {
    var database = new SqliteMigrated(folder.resolve("shop.db"));
    MADE_BY_THE_FIRST_VERSION.forEach(database::execute);
    return database;
  }

  @Test
  void takes_a_database_of_the_first_version_over_without_a_step() {
    try (var database = made()) {
      assertThat(database.steps(Shop.MODEL)).isEmpty();
      database.to(Shop.MODEL);
      assertThat(database.values(Shop.MODEL, "product", "stock")).containsExactly(Value.of(9));
      assertThat(database.sql("SELECT name FROM sqlite_schema WHERE name = '_engineroom_model'"))
          .isEmpty();
      assertThat(database.sql("SELECT count(*) FROM _engineroom_migration")).containsExactly("1");
    }
  }

  @Test
  void migrates_a_database_of_the_first_version() {
    var after = Shop.model(Shop.CATEGORY, Shop.product(Field.of("stock", new Whole(0L, 10L))));
    try (var database = made()) {
      assertThat(database.steps(after))
          .containsExactly("narrow product.stock: max from 100 to 10 | SLOW 1");
      database.to(after);
      assertThat(database.values(after, "product", "stock")).containsExactly(Value.of(9));
      try (var fresh = new SqliteMigrated(folder.resolve("fresh.db"))) {
        fresh.to(after);
        assertThat(database.schema()).isEqualTo(fresh.schema());
      }
    }
  }
}
