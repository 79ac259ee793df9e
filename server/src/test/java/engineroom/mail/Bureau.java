package engineroom.mail;

import engineroom.Engine;
import engineroom.json.SchemaCheck;
import engineroom.modelfile.ModelReader;
import engineroom.modelfile.ModelReader.Reading;
import engineroom.operation.Call;
import engineroom.records.Records;
import engineroom.server.Wiring;
import engineroom.store.MemoryStore;
import engineroom.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// An app with an outbox, whose time goes on when a test says so.
public final class Bureau {
  static final Instant BEGIN = Instant.parse("2026-11-21T12:00:00Z");
  static final Mailbox ANN = new Mailbox("Ann", "ann@example.org");

  final ManualClock clock = new ManualClock(BEGIN);
  final Path folder;
  private final Engine engine;
  private final Posting posting;

  /// @param folder of the app, empty so far
  public Bureau(Path folder, Posting posting) throws IOException {
    this.folder = folder;
    this.posting = posting;
    Files.writeString(
        folder.resolve(ModelReader.FILE),
        """
        engineroom: 1
        name: Shop
        entities: { note: { fields: { text: text }, access: { read: true } } }
        """);
    if (!(ModelReader.read(folder, Map.of(), new SchemaCheck()) instanceof Reading.Good good)) {
      throw new AssertionError("the model is good");
    }
    engine =
        new Wiring(Wiring.Keys.of(new byte[32]), clock, new Random(7))
            .engine(new MemoryStore(good.model()));
  }

  /// Rows, for the program.
  public Records records() {
    return new Records(engine.model(), engine, Call.ofProgram(clock.instant()));
  }

  /// What is served.
  public Served served() {
    return served(null);
  }

  Served served(@Nullable SmtpServer server) {
    var settings =
        new MailSettings(
            server, new Mailbox("Shop", "shop@example.org"), "https://shop.example.org", "en");
    return new Served(
        records(), posting, settings, new Templates(folder, "Shop", settings.language()));
  }

  public Outbox outbox() {
    return new Outbox(posting, clock);
  }

  Engine engine() {
    return engine;
  }

  /// A mail with a link.
  public static Message confirmation(String link) {
    return Message.of(
        BuiltInMail.CONFIRM_EMAIL, ANN, "en", Map.of("name", "Ann", "link", link, "hours", "24"));
  }

  public Bureau write(Message message) {
    outbox().send(records(), message);
    return this;
  }

  /// Tries what is due; tells how many mails that were.
  int round(SmtpSender sender) {
    var postman = new Postman(served(), clock);
    var due = postman.due();
    postman.send(due, sender, () -> false);
    return due.size();
  }

  void clean() {
    new Postman(served(), clock).clean();
  }

  /// All mails as they are stored, the newest first.
  List<StoredMail> mails() {
    return new MailRows(records()).newest(null, 500);
  }

  StoredMail mail() {
    return mails().getFirst();
  }
}
