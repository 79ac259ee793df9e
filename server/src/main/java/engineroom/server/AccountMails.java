package engineroom.server;

import static engineroom.problem.ProblemException.problem;

import engineroom.account.Mails;
import engineroom.data.Value;
import engineroom.mail.Mailbox;
import engineroom.mail.Message;
import engineroom.mail.Outbox;
import engineroom.problem.OperationProblem.NotValid;
import engineroom.problem.Violation;
import engineroom.records.Records;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Puts mails about accounts into the outbox. Their links lead to pages of the owner's app, and
/// carry the token behind `#`, where no server on the way sees it.
final class AccountMails implements Mails {
  private static final String TOKEN = "token";

  private final Supplier<Outbox> outbox;
  private final Supplier<String> origin;

  /// @param origin that links begin with: as it is set, and never as a request says
  AccountMails(Supplier<Outbox> outbox, Supplier<String> origin) {
    this.outbox = outbox;
    this.origin = origin;
  }

  @Override
  public void send(
      Records records,
      String template,
      String recipient,
      Value locale,
      Map<String, String> values) {
    var all = new LinkedHashMap<>(values);
    var token = all.remove(TOKEN);
    var page = origin.get() + "/account/" + template;
    all.put("link", token == null ? page : page + "#token=" + token);
    var language = locale instanceof Value.Text(var text) ? text : "";
    outbox.get().send(records, new Message(template, mailbox(recipient), language, all));
  }

  private static Mailbox mailbox(String address) {
    try {
      return Mailbox.of(address);
    } catch (IllegalArgumentException e) {
      var message = "can't receive mails: " + e.getMessage();
      throw problem(new NotValid(List.of(new Violation("email", "type/email", message))));
    }
  }
}
