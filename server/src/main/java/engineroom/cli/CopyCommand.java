package engineroom.cli;

import engineroom.app.App;
import engineroom.app.CopyWork.Heard;
import engineroom.app.CopyWork.Lasting;
import engineroom.app.CopyWork.Order;
import engineroom.app.Progress;
import engineroom.cli.Given.WrongException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// `engineroom copy`: moves an app from one database to another.
final class CopyCommand implements Command {
  private static final String FOLLOW = "follow";
  private static final String VERIFY = "verify";

  private final Supplier<App> app;
  private final Main.Console console;

  CopyCommand(Supplier<App> app, Main.Console console) {
    this.app = app;
    this.console = console;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "copy",
        "Copies everything that an app's database keeps into another one, also while the app is "
            + "served, and compares both. One that was cut short goes on where it was.",
        Usage.Arguments.FOLDER,
        List.of(
            Usage.value("from", "STORE", "what is copied; the model's store by default"),
            Usage.value("to", "STORE", "an empty database, as store: in a model names it"),
            Usage.flag(FOLLOW, "go on with what is written, until the app is stopped"),
            Usage.flag(VERIFY, "compare the two, and copy nothing")),
        List.of(
            "  engineroom copy shop --to postgres://shop:secret@db.example/shop --follow",
            "  engineroom copy shop --from postgres://shop@db.example/shop --to sqlite:shop.db",
            "  engineroom copy shop --to postgres://shop@db.example/shop --verify",
            "Files are named from the app's folder.",
            "Exit codes: 0 both are the same, 1 they differ, or failed, 78 mistakes, or refused."));
  }

  @Override
  public int run(Given given) {
    var to = given.text("to");
    if (to == null) {
      throw new WrongException("--to is missing: say where to, as in --to sqlite:data/copy.db.");
    }
    if (given.has(FOLLOW) && given.has(VERIFY)) {
      throw new WrongException("Give one of --follow and --verify.");
    }
    var lasting = given.has(FOLLOW) ? Lasting.FOLLOWING : Lasting.ONCE;
    var order = new Order(given.folder(), given.text("from"), to, lasting);
    var hearing = new Hearing();
    try {
      var work = app.get().copies();
      var copied = given.has(VERIFY) ? work.compare(order, hearing) : work.copy(order, hearing);
      copied.lines().forEach(console.out()::println);
      return copied.same() ? 0 : Main.FAILED;
    } finally {
      hearing.ended.countDown();
    }
  }

  /// Shows how it goes. Once changes are followed, Ctrl-C and SIGTERM let it come to its end.
  private final class Hearing implements Heard {
    private final Progress progress = Progress.ofTerminal(console.notes());
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean wantsEnd;
    private boolean asked;

    @Override
    public Progress progress() {
      return progress;
    }

    @Override
    public void note(String line) {
      console.notes().println(line);
    }

    @Override
    public boolean wantsEnd() {
      if (!asked) {
        asked = true;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "copy-end"));
      }
      return wantsEnd;
    }

    private void end() {
      wantsEnd = true;
      try {
        ended.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
