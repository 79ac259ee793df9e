package engineroom.account;

import engineroom.Engine;
import engineroom.account.password.PasswordRules;
import engineroom.account.password.Passwords;
import engineroom.account.token.SessionTokens;
import engineroom.data.Row;
import engineroom.model.Model;
import engineroom.modelfile.AccountSettings;
import engineroom.operation.Call;
import engineroom.records.Records;
import java.util.Map;
import java.util.function.Function;

/// What everything about accounts works with.
public record Base(
    Engine engine,
    AccountSettings settings,
    Passwords passwords,
    PasswordRules rules,
    SessionTokens carriers,
    Mails mails,
    Trials trials,
    Reports reports) {
  public Model model() {
    return engine.model();
  }

  /// Rows outside of any transaction.
  public Records records(Call call) {
    return new Records(model(), engine, call);
  }

  /// Sends a mail to an address of a user.
  ///
  /// @param field that holds the address
  /// @param values what the template names besides the user's name
  public void mail(
      Records records, String template, Row user, String field, Map<String, String> values) {
    mails.toUser(records, template, user, field, values);
  }

  /// Work on rows as one transaction.
  public <T> T together(Call call, Function<Records, T> work) {
    return engine.together(transaction -> work.apply(records(call).within(transaction)));
  }
}
