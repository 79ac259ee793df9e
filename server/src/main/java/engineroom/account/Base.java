package engineroom.account;

import engineroom.Runner;
import engineroom.account.password.PasswordRules;
import engineroom.account.password.Passwords;
import engineroom.account.token.SessionTokens;
import engineroom.model.Model;
import engineroom.modelfile.AccountSettings;
import engineroom.operation.Call;
import engineroom.records.Records;

/// What everything about accounts works with.
record Base(
    Model model,
    Runner runner,
    AccountSettings settings,
    Passwords passwords,
    PasswordRules rules,
    SessionTokens carriers,
    Mails mails) {
  Records records(Call call) {
    return new Records(model, runner, call);
  }
}
