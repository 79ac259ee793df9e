package engineroom.generate.typescript;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// TypeScript under way: interfaces, their members, and comments.
final class ScriptText {
  private final StringBuilder text = new StringBuilder();

  /// A comment of one line.
  ScriptText comment(String indent, @Nullable String comment) {
    if (comment != null && !comment.isBlank()) {
      var safe = comment.replace("*/", "*\\/").replaceAll("\\s*\\R\\s*", " ").strip();
      line(indent + "/** " + safe + " */");
    }
    return this;
  }

  ScriptText line(String line) {
    text.append(line).append('\n');
    return this;
  }

  /// An interface of members.
  ///
  /// @param head its name, and what it extends
  ScriptText declared(@Nullable String comment, String head, List<Member> members) {
    comment("", comment).line("export interface " + head + " {");
    members.forEach(this::member);
    return line("}").line("");
  }

  private void member(Member member) {
    comment("  ", member.comment());
    line(
        "  readonly "
            + member.name()
            + (member.optional() ? "?" : "")
            + ": "
            + member.type()
            + ";");
  }

  /// A member of an interface.
  record Member(String name, Presence presence, String type, @Nullable String comment) {
    boolean optional() {
      return presence == Presence.OPTIONAL;
    }
  }

  /// Whether a member is always there.
  enum Presence {
    REQUIRED,
    OPTIONAL;

    static Presence requiredIf(boolean required) {
      return required ? REQUIRED : OPTIONAL;
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
