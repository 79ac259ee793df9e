package engineroom.mail;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.loader.StringLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Fills templates in. The only class that knows the template library: no method of a value can be
/// called, no other file be read, and no value be forgotten.
final class Pages {
  private final PebbleEngine plain = engine(Escape.NOTHING);
  private final PebbleEngine html = engine(Escape.HTML);

  /// What is escaped of a value.
  enum Escape {
    NOTHING,
    HTML
  }

  /// The text with values in the places of its tags.
  String fill(String template, Escape escape, Map<String, String> values) {
    var out = new StringWriter();
    var engine =
        switch (escape) {
          case NOTHING -> plain;
          case HTML -> html;
        };
    try {
      engine.getTemplate(template).evaluate(out, new LinkedHashMap<>(values));
    } catch (PebbleException e) {
      throw new UnsendableMail("Its template can't be filled in: " + e.getPebbleMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can always be written", e);
    }
    return out.toString();
  }

  private static PebbleEngine engine(Escape escape) {
    return new PebbleEngine.Builder()
        .loader(new StringLoader())
        .methodAccessValidator((_, _) -> false)
        .strictVariables(true)
        .autoEscaping(escape == Escape.HTML)
        .newLineTrimming(false)
        .maxRenderedSize(Rendered.BODY_BYTES_MAX)
        .cacheActive(true)
        .build();
  }
}
