/// Mails: their templates, the outbox, the SMTP sender, and what `dev` keeps of them. Alone knows
/// Jakarta Mail and Pebble, and loads neither before the first mail.
@NullMarked
package engineroom.mail;

import org.jspecify.annotations.NullMarked;
