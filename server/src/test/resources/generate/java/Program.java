// What a program does with the client, against a served shop without rows.
import com.example.shop.*;
import com.example.shop.client.*;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

final class Program {
  private static final String PASSWORD = "quiet river under a bridge";
  private static int number = 10_000;

  private final String url;
  private final CornerShopClient admin;
  private final String key;

  Program(String url, String key) {
    this.url = url;
    this.key = key;
    this.admin = new CornerShopClient(Connection.to(url).apiKey(key).open());
  }

  private interface Part {
    void run() throws Exception;
  }

  public static void main(String[] args) {
    var program = new Program(args[0], args[1]);
    part("rows", program::rows);
    part("questions", program::questions);
    part("pages", program::pages);
    part("totals", program::totals);
    part("changes", program::changes);
    part("nested writes", program::nestedWrites);
    part("refusals", program::refusals);
    part("many rows", program::manyRows);
    part("history and trash", program::historyAndTrash);
    part("batch", program::batch);
    part("lost answers", program::lostAnswers);
    part("positions", program::positions);
    part("unreachable", program::unreachable);
    part("accounts", program::accounts);
    part("GraphQL", program::graphQl);
    part("conditions on totals", program::conditionsOnTotals);
    part("lists of a row", program::listsOfARow);
    part("files", program::files);
    part("cookies", program::cookies);
  }

  private static void part(String name, Part part) {
    try {
      part.run();
      System.out.println("ok " + name);
    } catch (Exception | AssertionError e) {
      System.out.println("failed " + name + ": " + e);
      e.printStackTrace(System.out);
    }
  }

  private static void equal(Object found, Object wanted) {
    if (!Objects.equals(found, wanted)) {
      throw new AssertionError("is " + found + ", not " + wanted);
    }
  }

  private static Problem refused(Callable<?> work) throws Exception {
    try {
      work.call();
    } catch (ProblemException e) {
      return e.problem();
    }
    throw new AssertionError("nothing was refused");
  }

  private static String next(String letter) {
    return letter + ++number;
  }

  private Category category(String name) {
    return admin.categories().upsert(CategoryFields.BY_NAME, CategoryCreate.with().name(name));
  }

  private Product product(String name) {
    var supplier =
        SupplierCreate.with()
            .name("Leaves")
            .email("a@example.org")
            .country("IN")
            .since(LocalDate.of(2020, 1, 1));
    return admin
        .products()
        .create(
            ProductCreate.with()
                .category(CategoryRef.of(category("Tea")))
                .supplier(
                    SupplierRef.of(admin.suppliers().upsert(SupplierFields.BY_NAME, supplier)))
                .sku(next("P"))
                .name(name)
                .price(new Money(500, "EUR"))
                .keywords(List.of("new"))
                .availableFrom(LocalDate.of(2026, 1, 1))
                .stock(10L)
                .weight(new BigDecimal("1.250"))
                .status(ProductStatus.ACTIVE));
  }

  private CustomerRef customer() {
    var name = next("C");
    var made = CustomerCreate.with().number(name).name("Ann").email(name + "@example.org");
    return CustomerRef.of(admin.customers().create(made));
  }

  private OrderCreate order(CustomerRef customer) {
    return OrderCreate.with()
        .customer(customer)
        .number("2026-" + ++number)
        .shipping(new Money(100, "EUR"))
        .total(new Money(2_100, "EUR"));
  }

  private void rows() {
    var tea = product("Rows");
    equal(tea.version(), 1L);
    equal(tea.price(), new Money(500, "EUR"));
    equal(tea.weight(), new BigDecimal("1.250"));
    equal(tea.availableFrom(), LocalDate.of(2026, 1, 1));
    equal(tea.status(), ProductStatus.ACTIVE);
    equal(tea.keywords(), List.of("new"));
    equal(tea.cost(), null);
    equal(tea.category().row(), Optional.empty());
    var whole = admin.products().expand(ProductFields.CATEGORY).get(tea.id());
    equal(whole.category().row().map(Category::name), Optional.of("Tea"));
    var narrow = admin.products().fields(ProductFields.NAME).get(tea.id());
    equal(List.of(narrow.id(), narrow.name()), List.of(tea.id(), "Rows"));
    equal(narrow.stock(), null);
    equal(admin.products().find("01942599-6f05-7852-8507-e3aa4b298882"), Optional.empty());
  }

  private void questions() {
    var tea = product("Questions");
    var line =
        LineCreate.nested().quantity(4L).price(new Money(500, "EUR")).product(ProductRef.of(tea));
    var made = admin.orders().create(order(customer()).lines(List.of(line)));
    var many = LineFields.QUANTITY.moreThan(3L).and(LineFields.PRODUCT.is(tea.id()));
    var found =
        admin
            .orders()
            .expand(
                OrderFields.CUSTOMER.fields(CustomerFields.NAME),
                OrderFields.LINES.limit(3).expansion(),
                OrderFields.LINES.expand(LineFields.PRODUCT))
            .where(OrderFields.LINES.some(many))
            .where(OrderFields.CUSTOMER.to(CustomerFields.NAME).is("Ann"))
            .where(OrderFields.STATUS.is(OrderStatus.OPEN).or(OrderFields.REMARK.isNotNull()))
            .sort(OrderFields.PLACED_AT.descending(), OrderFields.NUMBER.ascending())
            .list();
    equal(found.stream().map(Order::id).toList(), List.of(made.id()));
    var shown = found.get(0);
    equal(shown.customer().row().map(Customer::name), Optional.of("Ann"));
    equal(shown.customer().row().map(Customer::language), Optional.empty());
    equal(shown.lines().rows().get(0).product().row().map(Product::name), Optional.of("Questions"));
    try {
      made.lines().rows();
      throw new AssertionError("a list that was not expanded has rows");
    } catch (IllegalStateException e) {
      equal(e.getMessage(), "lines was not expanded. Name it in expand(…).");
    }
    equal(admin.orders().where(OrderFields.PLACED_AT.atLeast(Instant.EPOCH)).count() > 0, true);
    equal(admin.products().where(ProductFields.KEYWORDS.contains("old")).first(), Optional.empty());
    equal(admin.products().where(Condition.search("questi")).count(), 1L);
    equal(
        admin.products().where(ProductFields.NAME.is("Questions").not()).list().contains(tea),
        false);
  }

  private void pages() {
    var parent = CategoryRef.of(category("Pages"));
    var children = new ArrayList<CategoryCreate>();
    for (int i = 1; i <= 7; i++) {
      children.add(CategoryCreate.with().name("Page " + i).position((long) i).parent(parent));
    }
    admin.categories().createAll(children);
    var all =
        admin
            .categories()
            .where(CategoryFields.PARENT.is(parent.id()))
            .sort(CategoryFields.POSITION.ascending())
            .limit(3);
    equal(all.stream().map(Category::position).toList(), List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L));
    equal(all.offset(1).pages().map(page -> page.rows().size()).toList(), List.of(3, 3));
    equal(all.stream().limit(2).map(Category::name).toList(), List.of("Page 1", "Page 2"));
    var first = all.counted().page();
    equal(List.of(first.count(), first.hasMore()), List.of(7L, true));
    equal(all.after(first.next()).list().get(0).position(), 4L);
  }

  private void totals() {
    for (var name : List.of("Measured one", "Measured two")) {
      product(name);
    }
    var category = ProductFields.CATEGORY.to(CategoryFields.NAME).group();
    var stock = ProductFields.STOCK.sum();
    var weight = ProductFields.WEIGHT.average();
    var totals =
        admin
            .products()
            .where(ProductFields.NAME.startsWith("Measured"))
            .totals()
            .by(category, ProductFields.STATUS.group())
            .of(stock, weight, ProductFields.PRICE.max())
            .sort(stock.descending())
            .list();
    equal(totals.size(), 1);
    var total = totals.get(0);
    equal(List.of(total.count(), total.of(stock), total.of(category)), List.of(2L, 20L, "Tea"));
    equal(total.of(ProductFields.STATUS.group()), ProductStatus.ACTIVE);
    equal(total.of(weight).compareTo(new BigDecimal("1.25")), 0);
    equal(total.of(ProductFields.PRICE.max()), 500L);
  }

  private void changes() throws Exception {
    var tea = product("Changes");
    var change =
        ProductChange.with()
            .addToStock(-2L)
            .appendToKeywords(List.of("good"))
            .removeFromKeywords(List.of("new"));
    var changed = admin.products().update(tea.id(), 1, change);
    equal(
        List.of(changed.version(), changed.stock(), changed.keywords()),
        List.of(2L, 8L, List.of("good")));
    var problem =
        refused(() -> admin.products().update(tea.id(), 1, ProductChange.with().stock(1L)));
    if (!(problem instanceof Problem.Conflict)) {
      throw new AssertionError("no conflict: " + problem);
    }
    var conflict = (Problem.Conflict) problem;
    equal(admin.products().read(conflict.current()).stock(), 8L);
    equal(conflict.details().status(), 412);
    admin.products().validating().update(tea.id(), ProductChange.with().stock(1L));
    equal(admin.products().get(tea.id()).stock(), 8L);
    equal(admin.products().update(tea.id(), ProductChange.with().details(null)).details(), null);
    admin.products().delete(tea.id(), 2);
    equal(refused(() -> admin.products().get(tea.id())) instanceof Problem.NotFound, true);
  }

  private void nestedWrites() {
    var tea = ProductRef.of(product("Nested"));
    var other = ProductRef.of(product("Nested too"));
    var price = new Money(500, "EUR");
    var orders = admin.orders().expand(OrderFields.LINES);
    var line = LineCreate.nested().quantity(1L).price(price).product(tea);
    var made = orders.create(order(customer()).lines(List.of(line)));
    var first = made.lines().rows().get(0);
    var change =
        OrderChange.with()
            .lines(
                lines ->
                    lines
                        .update(first.id(), LineChange.with().quantity(2L))
                        .create(LineCreate.nested().quantity(5L).price(price).product(other)));
    var changed = orders.update(made.id(), change);
    equal(changed.lines().rows().stream().mapToLong(Line::quantity).sum(), 7L);
    var fewer =
        orders.update(made.id(), OrderChange.with().lines(lines -> lines.delete(first.id())));
    equal(fewer.lines().rows().stream().map(Line::quantity).toList(), List.of(5L));
  }

  private void refusals() throws Exception {
    var problem = refused(() -> admin.categories().create(CategoryCreate.with().name("")));
    equal(problem instanceof Problem.NotValid, true);
    equal(problem.details().byPath().get("name"), "must not be empty");
    category("Twice");
    var twice = refused(() -> admin.categories().create(CategoryCreate.with().name("Twice")));
    equal(twice instanceof Problem.NotUnique, true);
    var guest = CornerShopClient.at(url);
    equal(refused(() -> guest.orders().all().list()) instanceof Problem.SignInNeeded, true);
    var inUse = CategoryRef.of(product("Refused").category().id());
    equal(refused(() -> delete(inUse)) instanceof Problem.Forbidden, true);
    var asked = admin.categories().all().limit(501);
    equal(refused(asked::list) instanceof Problem.BadRequest, true);
    equal(problem.details().requestId().length() > 10, true);
  }

  private Object delete(CategoryRef category) {
    admin.categories().delete(category.id());
    return category;
  }

  private void manyRows() throws Exception {
    product("Many one");
    product("Many two");
    var many =
        ProductFields.NAME.startsWith("Many").and(ProductFields.STATUS.is(ProductStatus.ACTIVE));
    equal(admin.products().updateAll(many, 2, ProductChange.with().stock(0L)), 2L);
    var more = refused(() -> admin.products().updateAll(many, 1, ProductChange.with().stock(9L)));
    equal(more.details().status(), 400);
    equal(admin.products().deleteAll(many.and(ProductFields.STOCK.is(0L)), 2), 2L);
    try {
      admin.products().deleteAll(many.not(), 2);
      throw new AssertionError("conditions of many rows are plain");
    } catch (IllegalArgumentException e) {
      equal(e.getMessage().startsWith("not is for questions"), true);
    }
  }

  private void historyAndTrash() {
    var made = category("Was");
    admin.categories().update(made.id(), CategoryChange.with().name("Is"));
    var versions = admin.categories().history(made.id()).toList();
    equal(versions.stream().map(Version::version).toList(), List.of(2L, 1L));
    equal(versions.get(0).changed(), List.of("name"));
    equal(admin.categories().asOf(versions.get(1).from()).get(made.id()).name(), "Was");
    equal(admin.categories().restore(made.id(), 1).name(), "Was");
    for (long position = 1; position <= 60; position++) {
      admin.categories().update(made.id(), CategoryChange.with().position(position));
    }
    equal(admin.categories().history(made.id()).count(), 63L);
    var tea = product("Thrown away");
    admin.products().delete(tea.id());
    var thrown = admin.products().trash().findFirst().orElseThrow();
    equal(thrown.row().name(), "Thrown away");
    equal(admin.products().undelete(tea.id()).name(), "Thrown away");
  }

  private void batch() throws Exception {
    var tea = ProductRef.of(product("Batch"));
    var batch = admin.batch();
    var order = batch.create(admin.orders(), order(customer()).remark("$s0.id"));
    var line =
        batch.create(
            admin.lines(),
            LineCreate.with()
                .order(OrderRef.of(order.value("id")))
                .product(tea)
                .quantity(1L)
                .price(new Money(500, "EUR")));
    batch.update(admin.orders(), order.value("id"), OrderChange.with().status(OrderStatus.PAID));
    batch.send();
    equal(line.row().order().id(), order.row().id());
    equal(order.row().remark(), "$s0.id");
    equal(admin.orders().get(order.row().id()).status(), OrderStatus.PAID);
    var before = admin.categories().all().count();
    var wrong = admin.batch();
    wrong.create(admin.categories(), CategoryCreate.with().name("lost"));
    wrong.create(admin.categories(), CategoryCreate.with().name(""));
    var problem = refused(() -> sent(wrong));
    equal(problem.details().errors().get(0).path(), "requests[1].name");
    equal(admin.categories().all().count(), before);
  }

  private static Object sent(Batch batch) {
    batch.send();
    return batch;
  }

  private void lostAnswers() throws Exception {
    try (var between = new Between(url, turn -> turn == 1)) {
      var shop = new CornerShopClient(Connection.to(between.url()).apiKey(key).open());
      var made = shop.categories().create(CategoryCreate.with().name("Once"));
      equal(between.keys.size(), 2);
      equal(between.keys.get(0), between.keys.get(1));
      equal(between.keys.get(0).length(), 32);
      var found = admin.categories().where(CategoryFields.NAME.is("Once")).list();
      equal(found.stream().map(Category::id).toList(), List.of(made.id()));
    }
    try (var between = new Between(url, turn -> true)) {
      var shop = new CornerShopClient(Connection.to(between.url()).apiKey(key).retries(1).open());
      var problem = refused(() -> shop.categories().all().count());
      equal(problem.details().code(), "client/unreachable");
      equal(between.keys.size(), 2);
    }
  }

  /** The last position that answers told is brought back, and never an earlier one. */
  private void positions() throws Exception {
    var told = List.of("", "00000000000000b2", "00000000000000a1", "");
    var brought = new ArrayList<String>();
    var server = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var after = exchange.getRequestHeaders().getFirst("Engineroom-After");
          var position = told.get(brought.size());
          brought.add(after == null ? "none" : after);
          if (!position.isEmpty()) {
            exchange.getResponseHeaders().add("Engineroom-Position", position);
          }
          var body = "{\"data\":{}}".getBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      var graph = Connection.to("http://127.0.0.1:" + server.getAddress().getPort()).open();
      for (int i = 0; i < told.size(); i++) {
        new CornerShopClient(graph).graphQl().ask("{ categories { name } }");
      }
    } finally {
      server.stop(0);
    }
    equal(brought, List.of("none", "none", "00000000000000b2", "00000000000000b2"));
  }

  private void unreachable() throws Exception {
    var nowhere = Connection.to("http://127.0.0.1:1").retries(0).open();
    var problem = refused(() -> new CornerShopClient(nowhere).categories().all().list());
    equal(problem instanceof Problem.NoAnswer, true);
    try (var silent = new java.net.ServerSocket(0)) {
      var slow = CornerShopClient.at("http://127.0.0.1:" + silent.getLocalPort());
      var late = refused(() -> slow.categories().timeout(Duration.ofMillis(200)).all().list());
      equal(late.details().code(), "client/out-of-time");
    }
  }

  private void accounts() throws Exception {
    var store = Tokens.Store.inMemory();
    var over = new ArrayList<String>();
    var shop =
        new CornerShopClient(
            Connection.to(url).tokens(store).onSignedOut(() -> over.add("over")).open());
    var email = "ann" + System.nanoTime() + "@example.org";
    var begun = shop.accounts().signUp(email, PASSWORD, UserChange.with().name("Ann"));
    equal(begun.map(SignIn.SignedIn::user).map(User::name), Optional.of("Ann"));
    equal(shop.accounts().me().id(), begun.orElseThrow().user().id());
    equal(shop.accounts().sessions().stream().filter(Accounts.Session::current).count(), 1L);
    var good = store.read().orElseThrow();
    store.write(Optional.of(new Tokens("er.broken.token", good.refreshToken())));
    var threads = Executors.newFixedThreadPool(5);
    Callable<String> ask = () -> shop.accounts().me().name();
    for (var name : threads.invokeAll(List.of(ask, ask, ask, ask, ask))) {
      equal(name.get(), "Ann");
    }
    threads.shutdown();
    equal(store.read().orElseThrow().accessToken().equals("er.broken.token"), false);
    shop.accounts().signOut();
    equal(store.read(), Optional.empty());
    equal(refused(() -> shop.accounts().me()) instanceof Problem.SignInNeeded, true);
    var wrong = refused(() -> shop.accounts().signIn(email, "no such password at all"));
    equal(wrong instanceof Problem.SignInNeeded, true);
    var again = shop.accounts().signIn(email, PASSWORD);
    equal(again instanceof SignIn.SignedIn, true);
    store.write(Optional.of(new Tokens("er.broken.token", "er_rt_broken")));
    equal(refused(() -> shop.accounts().me()).details().status(), 401);
    equal(List.of(store.read(), over), List.of(Optional.empty(), List.of("over")));
  }

  private void graphQl() {
    category("Graph");
    var document = "query ($name: String!) { categories(where: {name: {eq: $name}}) { name } }";
    var data = admin.graphQl().ask(document, new Json.Object(Map.of("name", Json.of("Graph"))));
    equal(data.at("categories").elements().get(0).object().at("name").text(), "Graph");
    try {
      admin.graphQl().ask("mutation { createCategory(input: {name: \"Graph\"}) { id } }");
      throw new AssertionError("nothing was refused");
    } catch (GraphQl.GraphQlException e) {
      equal(e.errors().get(0).problem() instanceof Problem.NotUnique, true);
    }
  }

  private void conditionsOnTotals() {
    for (var name : List.of("Held one", "Held two", "Held three")) {
      product(name);
    }
    var stock = ProductFields.STOCK.sum();
    var totals =
        admin
            .products()
            .where(ProductFields.NAME.startsWith("Held"))
            .totals()
            .by(ProductFields.STATUS.group())
            .of(stock);
    equal(totals.having(stock.atLeast(30L), Having.countMoreThan(2)).list().size(), 1);
    equal(totals.having(stock.moreThan(30L)).list(), List.of());
    equal(totals.having(Having.countLessThan(3)).list(), List.of());
    var weight = ProductFields.WEIGHT.average();
    equal(totals.of(weight).having(weight.is(new BigDecimal("1.25"))).list().size(), 1);
  }

  private void listsOfARow() throws Exception {
    var order = admin.orders().create(order(customer()));
    var lines = admin.lines().in(admin.orders(), order.id(), OrderFields.LINES);
    var price = new Money(500, "EUR");
    for (long quantity = 1; quantity <= 3; quantity++) {
      var product = ProductRef.of(product("Listed " + quantity));
      var line = LineCreate.nested().quantity(quantity).price(price).product(product);
      equal(lines.create(line).order().id(), order.id());
    }
    var sorted = lines.sort(LineFields.QUANTITY.descending());
    equal(sorted.stream().map(Line::quantity).toList(), List.of(3L, 2L, 1L));
    var page = sorted.page(2);
    equal(List.of(page.rows().size(), page.hasMore()), List.of(2, true));
    var whole =
        admin.lines().expand(LineFields.PRODUCT).in(admin.orders(), order.id(), OrderFields.LINES);
    equal(whole.page(1).rows().get(0).product().row().isPresent(), true);
    lines.remove(page.rows().get(0).id());
    equal(lines.stream().count(), 2L);
    var parent = category("Shelf");
    var child = category("Drawer");
    var children = admin.categories().in(admin.categories(), parent.id(), CategoryFields.CHILDREN);
    equal(children.link(child.id()).parent().id(), parent.id());
    children.remove(child.id());
    equal(admin.categories().get(child.id()).parent(), null);
  }

  private void files() throws Exception {
    var csv = "name,position,shelf\nFiled one,1,a\nFiled two,x,b\n";
    var lines = FileOfRows.of(FileOfRows.CSV, csv);
    var filed = admin.categories().importing(lines).ignore("shelf");
    var tried = filed.dryRun().run();
    equal(List.of(tried.created(), tried.refused()), List.of(1L, 1L));
    var wrong = tried.errors().get(0);
    equal(List.of(wrong.line(), wrong.column()), List.of(3L, "position"));
    var one = CategoryFields.NAME.startsWith("Filed");
    equal(admin.categories().where(one).count(), 0L);
    var file = java.nio.file.Files.createTempFile("filed", ".csv");
    var text = new StringBuilder("Name;position\n");
    for (int i = 1; i <= 700; i++) {
      text.append("Filed ").append(i).append(';').append(i).append('\n');
    }
    java.nio.file.Files.writeString(file, text);
    var done =
        admin
            .categories()
            .importing(FileOfRows.of(file))
            .map("Name", CategoryFields.NAME)
            .delimiter(';')
            .by(CategoryFields.BY_NAME)
            .onConflict(Import.There.REPLACE)
            .atomic()
            .run();
    java.nio.file.Files.delete(file);
    equal(List.of(done.created(), done.refused()), List.of(700L, 0L));
    var sorted = admin.categories().where(one).sort(CategoryFields.POSITION.descending());
    try (var rows = sorted.exported()) {
      equal(rows.limit(2).map(Category::position).toList(), List.of(700L, 699L));
    }
    try (var rows = admin.categories().fields(CategoryFields.NAME).where(one).exported()) {
      equal(rows.filter(row -> row.position() == null).count(), 700L);
    }
    var guest = CornerShopClient.at(url);
    equal(refused(() -> guest.orders().all().exported()) instanceof Problem.SignInNeeded, true);
    equal(admin.imports().list().get(0).at("id").text(), done.id());
    admin.imports().undo(done.id());
    equal(admin.categories().where(one).count(), 0L);
  }

  private void cookies() throws Exception {
    var shop = new CornerShopClient(Connection.to(url).cookies().open());
    var email = "cookie" + System.nanoTime() + "@example.org";
    var begun = shop.accounts().signUp(email, PASSWORD, UserChange.with().name("Ann"));
    equal(begun.map(SignIn.SignedIn::user).map(User::name), Optional.of("Ann"));
    equal(shop.accounts().me().name(), "Ann");
    equal(shop.accounts().sessions().stream().filter(Accounts.Session::current).count(), 1L);
    shop.accounts().signOut();
    equal(refused(() -> shop.accounts().me()) instanceof Problem.SignInNeeded, true);
    equal(shop.accounts().signIn(email, PASSWORD) instanceof SignIn.SignedIn, true);
    shop.accounts().changePassword(PASSWORD, "seven green boats at sea");
    equal(shop.accounts().me().name(), "Ann");
    var other = new CornerShopClient(Connection.to(url).cookies().open());
    equal(refused(() -> other.accounts().me()) instanceof Problem.SignInNeeded, true);
  }
}
