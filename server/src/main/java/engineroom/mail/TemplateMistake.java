package engineroom.mail;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One mistake in a template of the owner's.
///
/// @param file relative to the app's folder
/// @param line from 1; 0 where the file as a whole is meant
/// @param column from 1
/// @param message what is wrong, a sentence
/// @param hint the way out, or null
public record TemplateMistake(
    Path file, int line, int column, String message, @Nullable String hint) {}
