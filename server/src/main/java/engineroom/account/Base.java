package engineroom.account;

import engineroom.Engine;
import engineroom.account.password.PasswordRules;
import engineroom.account.password.Passwords;
import engineroom.account.token.SessionTokens;
import engineroom.model.Model;
import engineroom.modelfile.AccountSettings;
import engineroom.operation.Call;
import engineroom.records.Records;
import java.util.function.Function;

/// What everything about accounts works with.
record Base(
    Engine engine,
    AccountSettings settings,
    Passwords passwords,
    PasswordRules rules,
    SessionTokens carriers,
    Mails mails) {
  Model model() {
    return engine.model();
  }

  /// Rows outside of any transaction.
  Records records(Call call) {
    return new Records(model(), engine, call);
  }

  /// Work on rows as one transaction.
  <T> T together(Call call, Function<Records, T> work) {
    return engine.together(transaction -> work.apply(records(call).within(transaction)));
  }
}
