package engineroom.modelfile;

import engineroom.modelfile.Node.Entry;
import engineroom.modelfile.Node.Kind;
import engineroom.modelfile.Node.Mapping;
import engineroom.modelfile.Node.Scalar;
import engineroom.modelfile.Node.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A mapping whose keys are those of a table: what is asked of it has the shape asked for, or is told and absent.
final class Section {
  private final String title;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Mistakes mistakes;

  /// @param title what messages call it: `product.price`
  private Section(String title, Mistakes mistakes) {
    this.title = title;
    this.mistakes = mistakes;
  }

  /// Takes a node as such a mapping; anything else is told, and taken for an empty one.
  static Section of(String title, Node node, Table table, Mistakes mistakes) {
    var section = new Section(title, mistakes);
    if (node instanceof Mapping(var entries, _)) {
      entries.forEach(entry -> section.take(entry, table));
    } else {
      mistakes.add(
          node,
          title + " should be a mapping, and this is " + Node.kind(node) + ".",
          "Its keys are " + String.join(", ", table.keys().keySet()) + ".");
    }
    return section;
  }

  private void take(Entry entry, Table table) {
    var name = entry.name();
    if (table.keys().containsKey(name)) {
      entries.put(name, entry);
      return;
    }
    boolean later =
        Language.RESERVED.contains(name) || name.equals("store") && table == Language.ENTITY;
    if (later) {
      mistakes.add(
          entry.key(),
          title + ": the word " + name + " is reserved for a later version.",
          "Remove it for now.");
      return;
    }
    mistakes.add(
        entry.key(),
        title + ": there is no key " + name + ".",
        Names.hint(name, table.keys().keySet())
            .orElse("The keys are " + String.join(", ", table.keys().keySet()) + "."));
  }

  Optional<Entry> entry(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  Optional<Node> find(String key) {
    return entry(key).map(Entry::value);
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  java.util.Set<String> keys() {
    return entries.keySet();
  }

  /// A text; numbers and truth values count as the texts they were written as.
  Optional<Scalar> text(String key) {
    return find(key).flatMap(node -> scalar(key, node, "a text"));
  }

  private Optional<Scalar> scalar(String key, Node node, String wanted) {
    if (node instanceof Scalar scalar && !scalar.absent()) {
      return Optional.of(scalar);
    }
    shape(key, node, wanted);
    return Optional.empty();
  }

  private void shape(String key, Node node, String wanted) {
    mistakes.add(
        node,
        title + ": " + key + " should be " + wanted + ", and this is " + Node.kind(node) + ".",
        node instanceof Scalar scalar && scalar.absent() ? "Give it a value or remove the key." : null);
  }

  /// True where the key says so; false where it is absent.
  boolean flag(String key) {
    var node = find(key);
    if (node.isEmpty()) {
      return false;
    }
    if (node.get() instanceof Scalar scalar && scalar.kind() == Kind.TRUTH) {
      return scalar.text().equalsIgnoreCase("true");
    }
    shape(key, node.get(), "true or false");
    return false;
  }

  Optional<Long> whole(String key) {
    var scalar = find(key).flatMap(node -> scalar(key, node, "a whole number"));
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(scalar.get().text()));
    } catch (NumberFormatException _) {
      mistakes.add(
          scalar.get(),
          title + ": " + key + " should be a whole number of 64 bits, was " + scalar.get().text() + ".",
          null);
      return Optional.empty();
    }
  }

  /// A list of texts.
  List<Scalar> names(String key) {
    var node = find(key);
    return node.map(list -> names(key, list)).orElse(List.of());
  }

  private List<Scalar> names(String key, Node node) {
    if (!(node instanceof Sequence(var elements, _))) {
      shape(key, node, "a list of names");
      return List.of();
    }
    var names = new ArrayList<Scalar>();
    for (var element : elements) {
      scalar(key, element, "a list of names").ifPresent(names::add);
    }
    return names;
  }

  /// Lists of names; a single name counts as a list of one.
  List<List<Scalar>> groups(String key) {
    var node = find(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!(node.get() instanceof Sequence(var elements, _))) {
      shape(key, node.get(), "a list of names or of lists of names");
      return List.of();
    }
    var groups = new ArrayList<List<Scalar>>();
    for (var element : elements) {
      if (element instanceof Sequence(var parts, _) && parts.isEmpty()) {
        mistakes.add(element, title + ": " + key + " has an empty list.", "Name a field in it.");
        continue;
      }
      groups.add(
          element instanceof Sequence
              ? names(key, element)
              : scalar(key, element, "names or lists of names").stream().toList());
    }
    return groups;
  }

  /// The entries of a mapping whose keys are the owner's.
  List<Entry> named(String key) {
    var node = find(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof Mapping(var inner, _)) {
      return inner;
    }
    shape(key, node.get(), "a mapping from names");
    return List.of();
  }

  /// The part of this section under a key; an empty one where it is absent.
  Section part(String key, Table table) {
    return find(key)
        .map(node -> of(title + " " + key, node, table, mistakes))
        .orElseGet(() -> new Section(title + " " + key, mistakes));
  }
}
