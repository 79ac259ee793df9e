package engineroom.server;

import engineroom.app.CopyWork.Heard;
import engineroom.app.CopyWork.Lasting;
import engineroom.stores.copy.Watch;

/// Tells people how a copy goes.
final class CopyWatch implements Watch {
  private static final long PAUSE_MILLIS = 200;

  private final Lasting lasting;
  private final Heard heard;
  private boolean told;
  private long shown = -1;

  CopyWatch(Lasting lasting, Heard heard) {
    this.lasting = lasting;
    this.heard = heard;
  }

  @Override
  public void copied(String table, long done, long whole) {
    heard.progress().show("copy " + table, done, whole);
  }

  @Override
  public void compared(String table, long done, long whole) {
    heard.progress().show("compare " + table, done, whole);
  }

  @Override
  public void following(long change) {
    if (lasting == Lasting.FOLLOWING && change != shown) {
      heard.note("The target has every change up to " + change + ".");
      shown = change;
    }
  }

  @Override
  public boolean goOn() {
    if (lasting == Lasting.ONCE || heard.wantsEnd()) {
      return false;
    }
    if (!told) {
      heard.note("Stop the app: what it writes until then is taken over, and then this ends.");
      told = true;
    }
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
