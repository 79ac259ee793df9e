package engineroom.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.scenario.Questions.Question;
import engineroom.store.Store;
import engineroom.stores.sqlite.SqliteDatabase;
import engineroom.testkit.Scenario;
import engineroom.testkit.Scenario.Answer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two databases that differ only in what a caller may not read answer that caller alike, byte for
/// byte, whatever is asked, also of the past: every entity keeps a history.
class NonInterferenceTest {
  private static final int QUESTIONS = 1_000;
  private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

  @TempDir private Path folder;
  private SqliteDatabase[] databases;
  private Shop one;
  private Shop other;

  @BeforeEach
  void open() {
    databases =
        new SqliteDatabase[] {
          SqliteDatabase.open(folder.resolve("one.db")),
          SqliteDatabase.open(folder.resolve("other.db"))
        };
    one = shop(databases[0]);
    other = shop(databases[1]);
    one.at(Shop.NOW.plusSeconds(3600));
    other.at(Shop.NOW.plusSeconds(3600));
    different(one, new Secrets("glad", 199, 1998, "Secret mix", "pays in time"));
    different(other, new Secrets("sad", 201, 7, "Hidden tea", "pays early"));
    write(other, "PUT", "/api/products/" + Shop.id("17"), hiddenProduct());
    write(other, "PUT", "/api/ledgers/" + Shop.id("52"), "{\"entry\":\"the second\"}");
    one.at(Shop.NOW.plusSeconds(7200));
    other.at(Shop.NOW.plusSeconds(7200));
  }

  @AfterEach
  void close() {
    databases[0].close();
    databases[1].close();
  }

  private static Shop shop(SqliteDatabase database) {
    var good = Place.withHistories(Place.model(Place.SMALL_SHOP));
    Store store = database.store(good.model());
    return new Shop(store, good).with(Place.SMALL_SHOP.resolve("rows.txt"));
  }

  /// What neither a guest nor bob may read: costs, moods, drafts, notes, ann's and zoë's rows.
  private record Secrets(String mood, int cost, int draftCost, String draft, String notes) {}

  private static void different(Shop shop, Secrets secrets) {
    write(shop, "PATCH", "/api/reviews/" + Shop.id("41"), "{\"mood\":\"" + secrets.mood() + "\"}");
    write(
        shop,
        "PATCH",
        "/api/products/" + Shop.id("11"),
        "{\"cost\":" + euros(secrets.cost()) + "}");
    write(
        shop,
        "PATCH",
        "/api/products/" + Shop.id("15"),
        "{\"name\":\"" + secrets.draft() + "\",\"cost\":" + euros(secrets.draftCost()) + "}");
    var hidden = "{\"notes\":\"" + secrets.notes() + "\"}";
    write(shop, "PATCH", "/api/customers/" + Shop.id("22"), hidden);
    var city = "{\"city\":\"" + secrets.mood() + "\",\"pin\":\"" + secrets.mood() + "\"}";
    write(shop, "PATCH", "/api/customers/" + Shop.id("21"), city);
    write(
        shop, "PATCH", "/api/orders/" + Shop.id("34"), "{\"total\":" + euros(secrets.cost()) + "}");
  }

  private static String euros(int amount) {
    return "{\"amount\":" + amount + ",\"currency\":\"EUR\"}";
  }

  private static String hiddenProduct() {
    return "{\"sku\":\"P7\",\"name\":\"tea\",\"status\":\"draft\",\"category\":\""
        + Shop.id("02")
        + "\",\"price\":"
        + euros(450)
        + ",\"keywords\":[]}";
  }

  private static void write(Shop shop, String method, String target, String body) {
    var answer = shop.send("admin", method, target, body);
    assertThat(answer.status()).as("%s %s", target, answer.body()).isIn(200, 201);
  }

  @Test
  void a_guest_learns_nothing() {
    sameFor("guest");
  }

  @Test
  void a_user_learns_nothing_of_others() {
    sameFor("user bob");
  }

  @Test
  void a_guest_learns_nothing_by_writing() {
    sameBySending("guest");
  }

  @Test
  void a_user_learns_nothing_of_others_by_writing() {
    assertThat(sameBySending("user bob")).as("good answers").isGreaterThan(QUESTIONS / 50);
  }

  @Test
  void an_administrator_sees_the_difference() {
    var seed = seed();
    differsFor(new Questions(new Random(seed))::next, seed);
  }

  @Test
  void an_administrator_sees_the_difference_by_writing() {
    var seed = seed();
    differsFor(new Attempts(new Random(seed))::next, seed);
  }

  private void differsFor(Supplier<Question> questions, long seed) {
    int different = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      var question = questions.get();
      different += answer(one, "admin", question).equals(answer(other, "admin", question)) ? 0 : 1;
    }
    assertThat(different).as("with seed %d", seed).isGreaterThan(QUESTIONS / 50);
  }

  /// How many writes were answered well; none of them leaves anything behind.
  private int sameBySending(String caller) {
    var seed = seed();
    var attempts = new Attempts(new Random(seed));
    one.changes();
    other.changes();
    int good = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      good += same(caller, attempts.next(), seed);
    }
    assertThat(one.changes()).as("what stays, seed %d", seed).isEmpty();
    assertThat(other.changes()).as("what stays, seed %d", seed).isEmpty();
    return good;
  }

  private static long seed() {
    var seed = Long.getLong("engineroom.seed", System.nanoTime());
    System.out.println("engineroom.seed=" + seed);
    return seed;
  }

  private void sameFor(String caller) {
    var seed = seed();
    var questions = new Questions(new Random(seed));
    int good = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      var question = questions.next();
      good += same(caller, question, seed);
    }
    var openApi = new Question("GET", "/openapi.json", "", "application/json");
    good += same(caller, openApi, seed);
    assertThat(good).as("good answers with seed %d", seed).isGreaterThan(QUESTIONS / 50);
  }

  /// 1 where the answer was good; pages are walked to their end.
  private int same(String caller, Question question, long seed) {
    var first = answer(one, caller, question);
    var second = answer(other, caller, question);
    assertThat(plain(second)).as("%s, seed %d", question, seed).isEqualTo(plain(first));
    var next = NEXT.matcher(first.body());
    var nextOther = NEXT.matcher(second.body());
    if (question.method().equals("GET") && next.find() && nextOther.find()) {
      assertThat(nextOther.group(1)).as("cursor of %s", question).hasSameSizeAs(next.group(1));
      same(caller, after(question, next.group(1)), seed);
    }
    return first.status() == 200 ? 1 : 0;
  }

  /// Both take one cursor: a key of a row is the same in both.
  private static Question after(Question question, String cursor) {
    var target = question.target().replaceAll("&(after|offset)=[^&]*", "");
    return new Question("GET", target + "&after=" + cursor, "", question.accept());
  }

  /// Cursors are sealed with chance, so tags and links of pages with one differ each time.
  private static String plain(Answer answer) {
    if (!NEXT.matcher(answer.body()).find() && !answer.headers().containsKey("Link")) {
      return answer.toString();
    }
    var headers = new LinkedHashMap<>(answer.headers());
    headers.remove("ETag");
    headers.remove("Link");
    return answer.status() + " " + headers + NEXT.matcher(answer.body()).replaceAll("");
  }

  private static Answer answer(Shop shop, String caller, Question question) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Accept", question.accept());
    if (!question.body().isEmpty()) {
      headers.put("Content-Type", "application/json");
    }
    return shop.send(
        new Scenario.Request(
            caller, question.method(), question.target(), headers, question.body()));
  }
}
