package engineroom.bench;

import engineroom.bench.LoadClient.Workload;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The requests that are measured, with ids from the shop's database.
final class ShopRequests {
  static final String EXPANDED = "/api/products?expand=category,reviews&limit=30";
  static final String GROUPS =
      "/api/products/aggregate?group=category.name&count&avg=price&limit=100";

  private final List<String> products;
  private final List<String> categories;
  private final List<String> customers;

  ShopRequests(Path file) throws SQLException {
    this("jdbc:sqlite:" + file);
  }

  /// @param database as JDBC writes its address
  ShopRequests(String database) throws SQLException {
    try (var connection = DriverManager.getConnection(database)) {
      products = ids(connection, "SELECT id FROM product WHERE status = 'active' LIMIT 5000");
      categories = ids(connection, "SELECT DISTINCT category FROM product ORDER BY category");
      customers = ids(connection, "SELECT id FROM customer");
    }
  }

  private static List<String> ids(Connection connection, String sql) throws SQLException {
    var ids = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  /// The ids of five thousand products that everybody may see.
  List<String> products() {
    return products;
  }

  /// The ids of the categories that have products.
  List<String> categories() {
    return categories;
  }

  List<String> customers() {
    return customers;
  }

  private static String nth(List<String> ids, long n) {
    return ids.get((int) Math.floorMod(n * 7919, (long) ids.size()));
  }

  String product(long n) {
    return "/api/products/" + nth(products, n);
  }

  String list(long n) {
    return "/api/products?category=" + nth(categories, n) + "&sort=-price&limit=30";
  }

  List<Workload> reads() {
    return List.of(
        new Workload("point read", n -> LoadClient.get(product(n)), 200),
        new Workload("list of 30", n -> LoadClient.get(list(n)), 200),
        new Workload("list of 30, expanded", _ -> LoadClient.get(EXPANDED), 200),
        new Workload("aggregate of 10,000", _ -> LoadClient.get(GROUPS), 200));
  }

  /// Paths of each kind, for the check that both servers answer alike.
  List<String> samples() {
    return List.of(product(1), product(2), list(1), list(2), EXPANDED, GROUPS);
  }

  /// Durable inserts of new addresses.
  Workload inserts() {
    return new Workload("durable insert", this::insert, 201);
  }

  private byte[] insert(long n) {
    var json =
        "{\"customer\":\"%s\",\"street\":\"Lime Walk %d\",\"postcode\":\"%d\",\"city\":\"Ghent\",\"country\":\"BE\"}"
            .formatted(nth(customers, n), n, 9000 + n % 1000);
    return LoadClient.post("/api/addresses", ServerProcess.KEY, json);
  }
}
