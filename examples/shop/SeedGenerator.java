import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;

// Writes the shop's first rows: `java SeedGenerator.java seed`. The same bytes at every run: chance comes from one
// java.util.Random, whose numbers are specified, and time from none.

static final long FIRST_MOMENT = Instant.parse("2025-01-02T06:00:00Z").toEpochMilli();
static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 2);
static final int DAYS = 660;
static final int PRODUCTS = 10_000;
static final int CUSTOMERS = 2_000;
static final int ORDERS = 20_000;
static final int REVIEWS = 3_000;

static final String[] SHELVES = {
  "Tea: Green tea, Black tea, White tea, Oolong tea, Herbal tea, Rooibos, Matcha, Chai, Fruit tea",
  "Coffee: Espresso, Filter coffee, Decaf, Cold brew, Coffee grinder, Coffee press, Moka pot, Milk jug, Coffee scoop",
  "Kitchen: Saucepan, Frying pan, Chef's knife, Chopping board, Mixing bowl, Whisk, Colander, Baking tin, Rolling pin",
  "Tableware: Dinner plate, Soup bowl, Mug, Water glass, Teapot, Serving dish, Cutlery set, Napkin, Table runner",
  "Garden: Trowel, Watering can, Plant pot, Seed packet, Pruning shears, Garden gloves, Rake, Bird feeder, Compost bin",
  "Home: Cushion, Blanket, Candle, Picture frame, Table lamp, Rug, Vase, Wall clock, Storage basket",
  "Bath: Bath towel, Hand soap, Shower curtain, Bath mat, Soap dish, Bathrobe, Hairbrush, Sponge, Shampoo bar",
  "Stationery: Notebook, Fountain pen, Pencil set, Ink bottle, Envelope set, Desk pad, Ruler, Wax seal, Calendar",
  "Toys: Wooden train, Jigsaw, Board game, Kite, Building blocks, Puppet, Spinning top, Card game, Rocking horse",
  "Outdoor: Rucksack, Water bottle, Head torch, Sleeping mat, Camp stove, Picnic rug, Walking stick, Rain jacket, Hammock",
};
static final String[] MAKERS = {
  "Alder & Finch", "Bramble", "Corvid", "Dunmore", "Eastgate", "Fennimore", "Greylag", "Hartwell", "Inverloch",
  "Juniper Lane", "Kestrel", "Larkspur", "Mistral", "Northwick", "Orchard Row", "Pembury", "Quillon", "Rosehip",
  "Saltmarsh", "Tamarind", "Underhill", "Verbena", "Wayland", "Yarrow"};
static final String[] QUALITIES = {
  "Amber", "Blue", "Classic", "Copper", "Coastal", "Deep Red", "Everyday", "Festive", "Forest", "Golden", "Grand",
  "Harbour", "Heritage", "Indigo", "Ivory", "Light", "Lunar", "Meadow", "Midnight", "Morning", "Mountain", "Northern",
  "Ocean", "Pale", "Petite", "Pure", "Quiet", "River", "Rustic", "Silver", "Simple", "Smoky", "Spring", "Sunlit",
  "Travel", "Velvet", "Wild", "Winter"};
static final String[] COLOURS = {"amber", "black", "blue", "cream", "green", "grey", "red", "white"};
static final String[] KEYWORDS = {
  "gift", "organic", "handmade", "bestseller", "new", "sale", "fair-trade", "refill", "small-batch", "local"};
static final String[] PRAISE = {
  "Made with care and meant to last.", "A quiet favourite of ours.", "Comes in a plain box without plastic.",
  "Good for every day.", "Our people use it at home.", "A small thing that makes a morning better."};
static final String[] FIRST_NAMES = {
  "Ada", "Amir", "Anna", "Ben", "Bruno", "Carla", "Chloé", "Daan", "Diego", "Elif", "Emma", "Farah", "Finn", "Greta",
  "Hugo", "Ines", "Ivan", "Jana", "João", "Karin", "Lars", "Leila", "Luca", "Maja", "Marek", "Mia", "Nadia", "Noah",
  "Olga", "Oskar", "Paula", "Piet", "Rosa", "Samir", "Sofie", "Tomás", "Uta", "Vera", "Willem", "Zoë"};
static final String[] LAST_NAMES = {
  "Almeida", "Andersson", "Bauer", "Bianchi", "Costa", "Dubois", "Eriksen", "Fischer", "Fontaine", "García", "Haas",
  "Hansen", "Horvat", "Jansen", "Keller", "Kowalski", "Lambert", "Lindgren", "Maier", "Meyer", "Moreau", "Nagy",
  "Novák", "Nowak", "Olsen", "Pereira", "Peters", "Popescu", "Ricci", "Romero", "Rossi", "Schmidt", "Silva", "Smit",
  "Svensson", "Tóth", "Vermeer", "Virtanen", "Weber", "Wolff"};
static final String[] STREETS = {
  "Mill Lane", "Station Road", "Lindenstraße", "Rue des Lilas", "Via Roma", "Calle Mayor", "Kerkstraat", "Storgatan",
  "Hauptstraße", "Rua do Sol", "Avenue Foch", "Gartenweg"};
/// City, country, latitude, longitude, language.
static final String[] CITIES = {
  "Berlin,DE,52.52,13.405,de", "Hamburg,DE,53.55,9.993,de", "München,DE,48.137,11.575,de", "Wien,AT,48.208,16.373,de",
  "Paris,FR,48.857,2.352,fr", "Lyon,FR,45.764,4.835,fr", "Bruxelles,BE,50.847,4.352,fr", "Amsterdam,NL,52.373,4.89,nl",
  "Utrecht,NL,52.091,5.122,nl", "Milano,IT,45.464,9.19,it", "Roma,IT,41.894,12.483,it", "Madrid,ES,40.417,-3.703,es",
  "Valencia,ES,39.47,-0.376,es", "Lisboa,PT,38.722,-9.139,pt", "København,DK,55.676,12.568,da",
  "Stockholm,SE,59.329,18.069,sv", "Helsinki,FI,60.17,24.938,fi", "Praha,CZ,50.088,14.421,cs",
  "Kraków,PL,50.062,19.937,pl", "Dublin,IE,53.35,-6.26,en"};
static final String[] WAREHOUSES = {"BER", "AMS", "LYO", "MIL"};
static final String[][] OPINIONS = {
  {"Broke at once", "Not for me", "A disappointment"},
  {"Less than I hoped", "Could be better", "So so"},
  {"Does its job", "Decent", "Fine for the price"},
  {"Very nice", "Would buy again", "Good quality"},
  {"Wonderful", "Could not be happier", "My new favourite"}};

record Product(int number, String id, int price, LocalDate from) {
  String sku() {
    return "P%05d".formatted(number);
  }
}

record Shelf(String name, boolean consumable) {}

final Random chance = new Random(20_251_121L);
final List<Shelf> shelves = new ArrayList<>();
final List<Product> products = new ArrayList<>();
final List<LocalDate> customersSince = new ArrayList<>();
Path folder = Path.of("seed");

void main(String[] arguments) throws IOException {
  Locale.setDefault(Locale.ROOT);
  folder = Path.of(arguments.length > 0 ? arguments[0] : "seed");
  Files.createDirectories(folder);
  categories();
  suppliers();
  products();
  levels();
  customers();
  addresses();
  orders();
  reviews();
}

void categories() throws IOException {
  try (var out = open("category.yaml")) {
    out.write("# Written by SeedGenerator.java.\n");
    for (int top = 0; top < SHELVES.length; top++) {
      var parts = SHELVES[top].split(": ");
      out.write("- { id: %s, name: %s, slug: %s, position: %d }\n"
          .formatted(id(FIRST_MOMENT + top), quoted(parts[0]), slug(parts[0]), top));
      var names = parts[1].split(", ");
      for (int i = 0; i < names.length; i++) {
        shelves.add(new Shelf(names[i], top < 2 && i < (top == 0 ? 9 : 4)));
        out.write("- { id: %s, name: %s, slug: %s, parent: { name: %s }, position: %d }\n".formatted(
            id(FIRST_MOMENT + 100 + 10L * top + i), quoted(names[i]), slug(names[i]), quoted(parts[0]), i));
      }
    }
  }
}

void suppliers() throws IOException {
  try (var out = open("supplier.csv")) {
    line(out, "id", "name", "email", "phone", "website", "country", "since");
    for (int i = 0; i < MAKERS.length; i++) {
      var host = slug(MAKERS[i]) + ".example";
      line(out, id(FIRST_MOMENT + 1_000 + i), MAKERS[i], "sales@" + host, "+49301%06d".formatted(100_000 + i * 137),
          i % 5 == 4 ? "" : "https://" + host + "/", city(i)[1], LocalDate.of(2008 + i % 15, 1 + i % 12, 1 + i));
    }
  }
}

void products() throws IOException {
  var slugs = new HashSet<String>();
  try (var out = open("product.csv")) {
    line(out, "id", "sku", "name", "slug", "details", "price.amount", "cost.amount", "weight", "stock", "status",
        "category.name", "supplier.name", "keywords", "attributes", "availableFrom");
    for (int number = 1; number <= PRODUCTS; number++) product(out, number, slugs);
  }
}

void product(Writer out, int number, HashSet<String> slugs) throws IOException {
  var shelf = pick(shelves);
  var maker = pick(MAKERS);
  var name = maker + " " + pick(QUALITIES) + " " + shelf.name();
  var grams = shelf.consumable() ? 50 * (1 + chance.nextInt(20)) : 80 + chance.nextInt(4_000);
  if (shelf.consumable()) name += ", " + grams + " g";
  if (!slugs.add(slug(name))) {
    name += " No. " + (2 + number % 7_919);
    slugs.add(slug(name));
  }
  int price = shelf.consumable() ? 250 + 5 * chance.nextInt(500) : 390 + 10 * chance.nextInt(1_900);
  var from = FIRST_DAY.plusDays((long) (DAYS * 0.8 * number / PRODUCTS));
  var product = new Product(number, id(moment(from, number)), price, from);
  products.add(product);
  var roll = chance.nextInt(100);
  var status = roll < 88 ? "active" : roll < 95 ? "draft" : "retired";
  var words = new LinkedHashSet<String>();
  for (int i = chance.nextInt(4); i > 0; i--) words.add(pick(KEYWORDS));
  var attributes = chance.nextInt(3) > 0 || shelf.consumable() ? ""
      : "{\"colour\":\"%s\",\"boxed\":%b}".formatted(pick(COLOURS), chance.nextBoolean());
  line(out, product.id(), product.sku(), name, slug(name), chance.nextInt(3) == 0 ? "" : pick(PRAISE), price,
      chance.nextInt(10) == 0 ? "" : price * (45 + chance.nextInt(40)) / 100,
      "%d.%03d".formatted(grams / 1_000, grams % 1_000), chance.nextInt(10) == 0 ? 0 : chance.nextInt(240), status,
      shelf.name(), maker, String.join("|", words), attributes, from);
}

void levels() throws IOException {
  try (var out = open("warehouse.csv")) {
    line(out, "id", "code", "name", "country", "location.latitude", "location.longitude", "opensAt", "active");
    int[] places = {0, 7, 5, 9};
    for (int i = 0; i < WAREHOUSES.length; i++) {
      var city = city(places[i]);
      line(out, id(FIRST_MOMENT + 2_000 + i), WAREHOUSES[i], city[0] + " warehouse", city[1], city[2], city[3],
          "0%d:30:00".formatted(6 + i % 2), i != 3);
    }
  }
  try (var out = open("level.csv")) {
    line(out, "id", "product.sku", "warehouse.code", "quantity", "countedOn");
    for (var product : products) {
      if (chance.nextInt(4) == 0) continue;
      line(out, id(moment(product.from(), product.number())), product.sku(), WAREHOUSES[chance.nextInt(3)],
          chance.nextInt(240), chance.nextInt(3) == 0 ? "" : day(product.from()));
    }
  }
}

void customers() throws IOException {
  try (var out = open("customer.csv")) {
    line(out, "id", "number", "name", "email", "phone", "language", "born");
    for (int number = 1; number <= CUSTOMERS; number++) {
      var since = FIRST_DAY.plusDays((long) DAYS * number / CUSTOMERS / 2);
      customersSince.add(since);
      var first = pick(FIRST_NAMES);
      var last = pick(LAST_NAMES);
      var mail = slug(first) + "." + slug(last) + number + "@example.com";
      line(out, id(moment(since, number)), "C%04d".formatted(number), first + " " + last, mail,
          chance.nextInt(3) == 0 ? "" : "+4915%08d".formatted(chance.nextInt(100_000_000)), city(number)[4],
          chance.nextInt(2) == 0 ? "" : LocalDate.of(1945 + chance.nextInt(60), 1 + chance.nextInt(12),
              1 + chance.nextInt(28)));
    }
  }
}

void addresses() throws IOException {
  try (var out = open("address.csv")) {
    line(out, "id", "customer.number", "street", "postcode", "city", "country", "location.latitude",
        "location.longitude");
    for (int number = 1; number <= CUSTOMERS; number++) {
      var city = city(number);
      var known = chance.nextInt(5) > 0;
      line(out, id(moment(customersSince.get(number - 1), number)), "C%04d".formatted(number),
          pick(STREETS) + " " + (1 + chance.nextInt(140)), 10_000 + chance.nextInt(89_000), city[0], city[1],
          known ? near(city[2]) : "", known ? near(city[3]) : "");
    }
  }
}

void orders() throws IOException {
  try (var coupons = open("coupon.ndjson")) {
    String[] codes = {"WELCOME10", "SPRING25", "SUMMER25", "AUTUMN25", "WINTER25", "SPRING26", "SUMMER26", "TEATIME"};
    for (int i = 0; i < codes.length; i++) {
      var from = FIRST_DAY.plusDays(i * 80L);
      coupons.write("{\"id\":\"%s\",\"code\":\"%s\",\"percent\":\"%d.50\",\"validFrom\":\"%s\",\"validUntil\":\"%s\""
          .formatted(id(moment(from, i)), codes[i], 5 + i, from, from.plusDays(89)));
      coupons.write(",\"countries\":%s}\n".formatted(i % 3 == 0 ? "[]" : "[\"DE\",\"AT\"]"));
    }
  }
  try (var orders = open("order.csv"); var lines = open("line.csv")) {
    line(orders, "id", "number", "customer.number", "status", "placedAt", "sentOn", "coupon.code", "shipping.amount",
        "total.amount", "remark");
    line(lines, "id", "order.number", "product.sku", "quantity", "price.amount");
    for (int number = 1; number <= ORDERS; number++) order(orders, lines, number);
  }
}

void order(Writer orders, Writer lines, int number) throws IOException {
  var day = FIRST_DAY.plusDays((long) DAYS * number / ORDERS);
  var key = "%d-%05d".formatted(day.getYear(), number);
  var placed = moment(day, 0) + chance.nextInt(57_600) * 1_000L;
  int total = lines(lines, key, placed);
  int shipping = total > 5_000 ? 0 : 490;
  var status = status(number);
  var sent = status.equals("sent") || status.equals("done");
  int known = Math.min(CUSTOMERS, 20 + (int) (2L * CUSTOMERS * number / ORDERS));
  line(orders, id(placed), key, "C%04d".formatted(1 + chance.nextInt(known)), status, Instant.ofEpochMilli(placed),
      sent ? day.plusDays(1 + chance.nextInt(4)) : "", number % 40 == 7 ? "TEATIME" : "", shipping,
      total + shipping, chance.nextInt(50) == 0 ? "Please ring twice, \"the blue door\"" : "");
}

int lines(Writer out, String order, long placed) throws IOException {
  int total = 0;
  var chosen = new LinkedHashSet<Product>();
  for (int i = 1 + chance.nextInt(5); i > 0; i--) chosen.add(pick(products));
  for (var product : chosen) {
    int quantity = chance.nextInt(4) > 0 ? 1 : 2 + chance.nextInt(5);
    total += quantity * product.price();
    line(out, id(placed), order, product.sku(), quantity, product.price());
  }
  return total;
}

String status(int number) {
  var roll = chance.nextInt(100);
  if (roll < 4) return "cancelled";
  if (number < ORDERS * 0.95) return "done";
  return roll < 30 ? "open" : roll < 60 ? "paid" : "sent";
}

void reviews() throws IOException {
  try (var out = open("review.ndjson")) {
    for (int number = 1; number <= REVIEWS; number++) {
      var product = pick(products);
      var on = day(product.from());
      int rating = 5 - Math.min(chance.nextInt(5), chance.nextInt(5));
      var signature = pick(FIRST_NAMES) + " " + pick(LAST_NAMES).charAt(0) + ".";
      var text = chance.nextInt(2) == 0 ? "null" : "\"" + pick(PRAISE) + "\"";
      out.write(("{\"id\":\"%s\",\"product\":{\"sku\":\"%s\"},\"signature\":\"%s\",\"rating\":%d,\"title\":\"%s\","
              + "\"text\":%s,\"writtenOn\":\"%s\"}\n")
          .formatted(id(moment(on, number)), product.sku(), signature, rating, pick(OPINIONS[rating - 1]), text, on));
    }
  }
}

/// A UUIDv7 of this moment whose other bits come from the one source of chance.
String id(long milliseconds) {
  return "%08x-%04x-7%03x-%x%03x-%012x".formatted(milliseconds >>> 16, milliseconds & 0xffff, chance.nextInt(0x1000),
      8 + chance.nextInt(4), chance.nextInt(0x1000), chance.nextLong() & 0xffff_ffff_ffffL);
}

LocalDate day(LocalDate from) {
  return from.plusDays(chance.nextInt((int) (FIRST_DAY.plusDays(DAYS).toEpochDay() - from.toEpochDay())));
}

static long moment(LocalDate day, int milliseconds) {
  return day.toEpochDay() * 86_400_000L + 21_600_000L + milliseconds;
}

String near(String degrees) {
  return String.format(Locale.ROOT, "%.5f", Double.parseDouble(degrees) + (chance.nextInt(10_000) - 5_000) / 100_000.0);
}

static String[] city(int number) {
  return CITIES[number % CITIES.length].split(",");
}

<T> T pick(List<T> words) {
  return words.get(chance.nextInt(words.size()));
}

String pick(String[] words) {
  return words[chance.nextInt(words.length)];
}

static String slug(String name) {
  var plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD).replaceAll("\\p{M}", "");
  return plain.toLowerCase(Locale.ROOT).replace("'", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
}

static String quoted(String text) {
  return text.contains("'") ? "\"" + text + "\"" : text;
}

Writer open(String name) {
  try {
    return Files.newBufferedWriter(folder.resolve(name));
  } catch (IOException failure) {
    throw new UncheckedIOException(failure);
  }
}

static void line(Writer out, Object... cells) throws IOException {
  for (int i = 0; i < cells.length; i++) {
    if (i > 0) out.write(',');
    var text = cells[i].toString();
    out.write(text.matches("(?s).*[\",\r\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text);
  }
  out.write('\n');
}
