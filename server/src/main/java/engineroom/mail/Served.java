package engineroom.mail;

import engineroom.records.Records;

/// What mails need of the model that is served at the moment.
///
/// @param records each call of it a transaction of its own
public record Served(
    Records records, Posting posting, MailSettings settings, Templates templates) {}
