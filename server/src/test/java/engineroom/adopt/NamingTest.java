package engineroom.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingTest {
  @ParameterizedTest
  @CsvSource({
    "InvoiceLine,invoiceLine",
    "invoice_line,invoiceLine",
    "ORDERS,order",
    "categories,category",
    "addresses,address",
    "status,status",
    "HTTPRequest,httpRequest",
    "2nd table,x2NdTable"
  })
  void calls_an_entity_as_one_row(String table, String entity) {
    assertThat(Naming.entity(table)).isEqualTo(entity);
  }

  @ParameterizedTest
  @CsvSource({"album,albums", "category,categories", "address,addresses", "day,days"})
  void calls_many_rows_as_english_does(String entity, String plural) {
    assertThat(Naming.plural(entity)).isEqualTo(plural);
  }

  @ParameterizedTest
  @CsvSource({"ArtistId,artist", "reports_to,reportsTo", "support_rep_id,supportRep", "id,id"})
  void calls_a_reference_without_the_id_at_its_end(String column, String field) {
    assertThat(Naming.reference(column)).isEqualTo(field);
  }

  @Test
  void gives_no_name_twice_not_even_in_other_letters() {
    var taken = new HashSet<>(Set.of("user"));
    assertThat(Naming.free("user", "Row", taken)).isEqualTo("userRow");
    assertThat(Naming.free("USER", "Row", taken)).isEqualTo("USERRow2");
  }
}
