package engineroom.bench;

/// The fixed SQL of the limit program, for the tables that the shop has.
final class LimitSql {
  private static final String PRODUCT =
      """
      '{"id":"' || p.id || '","version":' || p.version || ',"createdAt":"' || p.createdAt ||
      '","updatedAt":"' || p.updatedAt || '","sku":"' || p.sku || '","name":' || json_quote(p.name) ||
      ',"slug":"' || p.slug || '","details":' || json_quote(p.details) || ',"price":{"amount":' ||
      p.price || ',"currency":"EUR"},"weight":' ||
      iif(p.weight IS NULL, 'null', format('"%d.%03d"', p.weight / 1000, p.weight % 1000)) ||
      ',"stock":' || p.stock || ',"status":"' || p.status || '"'""";
  private static final String REST =
      """
      ',"keywords":' || p.keywords || ',"attributes":' || ifnull(p.attributes, 'null') ||
      ',"availableFrom":"' || p.availableFrom || '"'""";
  private static final String PLAIN =
      PRODUCT + " || ',\"category\":{\"id\":\"' || p.category || '\"}' || " + REST + " || '}'";
  private static final String CATEGORY =
      """
      '{"id":"' || c.id || '","version":' || c.version || ',"createdAt":"' || c.createdAt ||
      '","updatedAt":"' || c.updatedAt || '","name":' || json_quote(c.name) || ',"slug":"' || c.slug ||
      '","parent":' || ifnull('{"id":"' || c.parent || '"}', 'null') || ',"position":' || c.position || '}'""";
  private static final String REVIEW =
      """
      '{"id":"' || r.id || '","version":' || r.version || ',"createdAt":"' || r.createdAt ||
      '","updatedAt":"' || r.updatedAt || '","product":{"id":"' || r.product || '"},"author":' ||
      ifnull('{"id":"' || r.author || '"}', 'null') || ',"signature":' || json_quote(r.signature) ||
      ',"rating":' || r.rating || ',"title":' || json_quote(r.title) || ',"text":' ||
      json_quote(r.text) || ',"writtenOn":"' || r.writtenOn || '"}'""";

  static final String ONE =
      "SELECT " + PLAIN + " FROM product p WHERE p.id = ? AND p.status = 'active'";
  static final String LIST =
      "SELECT "
          + PLAIN
          + " FROM product p WHERE p.category = ? AND p.status = 'active'"
          + " ORDER BY p.price DESC, p.id DESC LIMIT ?";
  static final String EXPANDED =
      "SELECT "
          + PRODUCT
          + " || "
          + REST
          + " || ',\"category\":' || (SELECT "
          + CATEGORY
          + " FROM category c WHERE c.id = p.category) || ',\"reviews\":[' || ifnull("
          + "(SELECT group_concat(j, ',') FROM (SELECT "
          + REVIEW
          + " AS j FROM review r WHERE r.product = p.id ORDER BY r.id LIMIT 50)), '') || ']}'"
          + " FROM product p WHERE p.status = 'active' ORDER BY p.id LIMIT ?";
  static final String GROUPS =
      "SELECT json_quote(c.name), count(*), avg(p.price)"
          + " FROM product p JOIN category c ON c.id = p.category"
          + " WHERE p.status = 'active' GROUP BY c.name ORDER BY c.name";
  static final String INSERT =
      """
      INSERT INTO line (id, version, createdAt, updatedAt, "order", product, quantity, price)
      VALUES (?, 1, ?, ?, ?, ?, ?, ?)""";
  static final String LOG =
      """
      INSERT INTO _engineroom_change (entity, row_id, kind, before, after, caller, request_id, time)
      VALUES ('line', ?, 'CREATED', '{}', ?, 'administrator', ?, ?)""";

  private LimitSql() {}
}
