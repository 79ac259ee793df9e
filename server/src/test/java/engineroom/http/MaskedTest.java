package engineroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MaskedTest {
  @Test
  void forty_letters_in_a_row_are_no_word() {
    assertThat(Masked.path("/verify/" + "a".repeat(39))).endsWith("a".repeat(39));
    assertThat(Masked.path("/verify/" + "a".repeat(40))).isEqualTo("/verify/(masked)");
    assertThat(Masked.path("/verify/" + "aB3_-".repeat(20) + "/more"))
        .isEqualTo("/verify/(masked)/more");
  }

  @Test
  void long_paths_of_words_and_ids_are_shown() {
    var path = "/api/products/0198f3aa-1111-7222-8333-944455556666/categories/purchase-orders";
    assertThat(Masked.path(path)).isEqualTo(path);
  }

  @Test
  void keys_and_tokens_are_known_by_how_they_begin() {
    assertThat(Masked.path("/x/er_key_0123456789")).isEqualTo("/x/(masked)");
    assertThat(Masked.path("/x/eyJhbGciOi.J9")).isEqualTo("/x/(masked)");
    assertThat(Masked.path("/api/order_lines/eyJ")).isEqualTo("/api/order_lines/eyJ");
  }
}
