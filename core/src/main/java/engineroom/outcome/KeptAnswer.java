package engineroom.outcome;

import java.time.Instant;

/// The answer to a request that may be sent again, kept in the transaction that did what it asked.
///
/// @param key who asked, and the key they chose
/// @param request tells this request from others
/// @param answer as its door wrote it
/// @param until when it may be forgotten
public record KeptAnswer(String key, byte[] request, byte[] answer, Instant until) {}
