package engineroom.mail;

import java.util.regex.Pattern;

/// Makes the template of an HTML mail from that of a text mail, so that nobody writes both:
/// paragraphs become paragraphs, a paragraph whose last line is the link becomes a button and the
/// link as text, one that is a code alone is shown large.
@SuppressWarnings("InlineFormatString") // a page reads better by itself than inside a call
final class HtmlForm {
  private static final Pattern TAG = Pattern.compile("\\{[{%#].*?[}%#]\\}");
  private static final Pattern LINK = Pattern.compile("(?s)(.*)\\n\\{\\{ *(link) *\\}\\}");
  private static final Pattern CODE = Pattern.compile("\\{\\{ *code *\\}\\}");
  private static final Pattern ONLY_TAGS = Pattern.compile("(?:\\s*\\{%.*?%\\})+\\s*");
  private static final String PARAGRAPH = "<p style=\"margin:0 0 16px\">";
  private static final String BUTTON =
      """
      <p style="margin:24px 0 8px"><a class="button" href="{{ link }}" target="_blank" \
      rel="noopener noreferrer" style="display:inline-block;padding:12px 20px;border-radius:6px;\
      background:#1f5fbf;color:#ffffff;font-weight:600;text-decoration:none">%s</a></p>
      <p class="quiet" style="margin:0 0 24px;font-size:13px;color:#5c6570;\
      word-break:break-all">{{ link }}</p>
      """;
  private static final String LARGE =
      """
      <p class="code" style="margin:24px 0;padding:12px 16px;border-radius:6px;\
      background:#eef1f5;font:600 28px/1.3 ui-monospace,Consolas,monospace;\
      letter-spacing:4px;text-align:center">{{ code }}</p>
      """;
  private static final String PAGE =
      """
      <!doctype html>
      <html lang="%s">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
      <title>%s</title>
      <style>
      @media (prefers-color-scheme: dark) {
        body, .outer { background: #14171b !important; color: #e4e7eb !important; }
        .card { background: #1e2227 !important; }
        .code { background: #2a3037 !important; }
        .button { background: #3b7fe0 !important; }
        .quiet { color: #9aa4b0 !important; }
      }
      </style>
      </head>
      <body style="margin:0;background:#f3f5f7;color:#1c2126">
      <div class="outer" style="padding:24px 12px;background:#f3f5f7">
      <div class="card" style="max-width:520px;margin:0 auto;padding:28px 24px;\
      border-radius:8px;background:#ffffff;overflow-wrap:anywhere;\
      font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif">
      %s</div>
      </div>
      </body>
      </html>
      """;

  private HtmlForm() {}

  /// The template of a whole document.
  ///
  /// @param text the template of the text
  static String of(String language, TemplateFile text) {
    var body = new StringBuilder();
    for (var paragraph : text.body().strip().split("\n{2,}", -1)) {
      body.append(paragraph(paragraph));
    }
    return PAGE.formatted(language, escaped(text.subject()), body);
  }

  private static String paragraph(String text) {
    var link = LINK.matcher(text);
    if (link.matches()) {
      return BUTTON.formatted(escaped(link.group(1).strip().replaceFirst(":$", "")));
    }
    if (CODE.matcher(text).matches()) {
      return LARGE;
    }
    return ONLY_TAGS.matcher(text).matches()
        ? text + "\n"
        : PARAGRAPH + escaped(text).replace("\n", "<br>\n") + "</p>\n";
  }

  /// Text as HTML, its tags left alone: what they give is escaped when it is known.
  private static String escaped(String text) {
    var out = new StringBuilder();
    var matcher = TAG.matcher(text);
    int end = 0;
    while (matcher.find()) {
      out.append(html(text.substring(end, matcher.start()))).append(matcher.group());
      end = matcher.end();
    }
    return out.append(html(text.substring(end))).toString();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
