package engineroom.door.graphql.answer;

import java.util.List;

/// What an object of a store's answer becomes: which of its members are shown, under which names
/// and in which order.
///
/// @param sources the members that the store gives, in its order as far as known
/// @param slots what is shown
/// @param missing what it means where a source is not there
public record ObjectShape(List<String> sources, List<Slot> slots, Missing missing) {
  public ObjectShape {
    sources = List.copyOf(sources);
    slots = List.copyOf(slots);
  }

  /// An object that is not there at all where one of its sources is not.
  public ObjectShape(List<String> sources, List<Slot> slots) {
    this(sources, slots, Missing.HIDES);
  }

  /// What it means where a source is not there.
  public enum Missing {
    /// The object is null: of its row no more may be known than the id.
    HIDES,
    /// Its value is null.
    NULLS
  }

  /// One member shown.
  ///
  /// @param name as the document has it
  public record Slot(String name, Content content) {}

  /// What a member shows.
  public sealed interface Content {
    /// The name of the type.
    record TypeName(String name) implements Content {}

    /// A value as it is.
    ///
    /// @param source position among the sources
    record Leaf(int source, Presence presence) implements Content {}

    /// A number as a text, as ids are.
    record Quoted(int source, Presence presence) implements Content {}

    /// An object, or null.
    record Nested(int source, Presence presence, ObjectShape shape) implements Content {}

    /// An array of objects, or null.
    record Rows(int source, Presence presence, ObjectShape shape) implements Content {}

    /// The id of a reference that is shown as `{"id": …}`, or null.
    record IdOf(int source) implements Content {}

    /// Some members of the same object under a name of their own.
    record Part(ObjectShape shape) implements Content {}
  }

  /// Whether null can stand there.
  public enum Presence {
    REQUIRED,
    OPTIONAL
  }
}
