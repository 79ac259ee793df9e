package engineroom.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What of a model's text goes when it comes to own its tables, and what stays.
final class OwningTextTest {
  @TempDir private Path folder;

  @Test
  void tables_and_columns_go_and_everything_else_stays() {
    assertThat(
            OwningText.ofEntities(
                """
                # ours
                album: # of music
                  table: public.album   # theirs
                  readOnly: true
                  plural: albums
                  key: [ a, b ]
                  fields:
                    id: { type: integer, column: AlbumId }
                    title: { column: "Title", type: text, max: 160 } # shown
                    \u00e9t\u00e9: {column: E, type: text?}
                    artist:
                      type: artist
                      column: ArtistId
                      # who
                      onDelete: cascade
                    createdAt: { type: timestamp, column: made }
                    updatedAt:
                      type: timestamp
                      column: changed
                    note: text?
                  access: { read: caller.signedIn }

                own:
                  fields: { table: text, column: text? }
                """))
        .isEqualTo(
            """
            # ours
            album: # of music
              plural: albums
              key: [ a, b ]
              fields:
                id: { type: integer }
                title: { type: text, max: 160 } # shown
                \u00e9t\u00e9: {type: text?}
                artist:
                  type: artist
                  # who
                  onDelete: cascade
                note: text?
              access: { read: caller.signedIn }

            own:
              fields: { table: text, column: text? }
            """);
  }

  @Test
  void entities_within_braces_and_behind_a_mapping_are_found() {
    assertThat(
            OwningText.ofEntities(
                "entities: { a: { fields: { id: { type: text, column: X } }, table: A } }\n"))
        .isEqualTo("entities: { a: { fields: { id: { type: text } } } }\n");
    assertThat(OwningText.ofEntities("a: { table: A, readOnly: true, plural: as }"))
        .isEqualTo("a: { plural: as }");
    assertThat(OwningText.ofEntities("")).isEmpty();
  }

  @Test
  void the_store_leaves_the_attached_file_or_names_the_schema() throws IOException {
    assertThat(head("store: sqlite:data/app.db?attach=../x.db # here", "sqlite:a.db?attach=x"))
        .isEqualTo("store: sqlite:data/app.db # here");
    assertThat(head("store: '${S:sqlite:a.db?attach=../x.db}'", "sqlite:a.db?attach=x"))
        .isEqualTo("store: '${S:sqlite:a.db}'");
    assertThat(head("store: ${URL:postgres://h/x}", "postgres://u@h/x"))
        .isEqualTo("store: ${URL:postgres://h/x}?schema=ours");
    assertThat(head("store: \"${URL}\"", "postgres://u@h/x?sslmode=require"))
        .isEqualTo("store: \"${URL}&schema=ours\"");
    assertThat(head("store: postgres://h/x?schema=mine", "postgres://u@h/x?schema=mine"))
        .isEqualTo("store: postgres://h/x?schema=mine");
  }

  private String head(String text, String store) throws IOException {
    Files.writeString(folder.resolve(ModelReader.FILE), text);
    return String.valueOf(OwningFiles.of(folder, store, "ours").get(Path.of(ModelReader.FILE)));
  }
}
