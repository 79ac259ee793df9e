package engineroom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderedTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void is_the_map_that_it_was_copied_from(long seed) {
    var random = new Random(seed);
    var map = new LinkedHashMap<Object, Integer>();
    int size = random.nextInt(1, 300);
    while (map.size() < size) {
      map.put(key(random), random.nextInt());
    }
    var ordered = Ordered.copyOf(map);
    for (int i = 0; i < 50; i++) {
      same(ordered, map, random);
      var changed = random.nextBoolean() ? any(map, random) : key(random);
      int value = random.nextInt();
      ordered = Ordered.with(ordered, changed, value);
      map.put(changed, value);
    }
  }

  private static void same(Map<Object, Integer> ordered, Map<Object, Integer> map, Random random) {
    assertThat(ordered).isEqualTo(map).hasSameHashCodeAs(map);
    assertThat(new ArrayList<>(ordered.keySet())).isEqualTo(new ArrayList<>(map.keySet()));
    assertThat(new ArrayList<>(ordered.entrySet())).isEqualTo(new ArrayList<>(map.entrySet()));
    var told = new ArrayList<List<Object>>();
    ordered.forEach((key, value) -> told.add(List.of(key, value)));
    assertThat(told).hasSize(map.size());
    var other = key(random);
    assertThat(ordered.get(other)).isEqualTo(map.get(other));
    assertThat(ordered.containsKey(other)).isEqualTo(map.containsKey(other));
    assertThat(ordered.keySet().contains(other)).isEqualTo(map.containsKey(other));
    assertThat(ordered.getOrDefault(other, 7)).isEqualTo(map.getOrDefault(other, 7));
  }

  /// Texts, and numbers of which many lead to the same slot.
  private static Object key(Random random) {
    int number = random.nextInt(600);
    return random.nextBoolean() ? "field" + number : (Object) (number << 12);
  }

  private static Object any(Map<Object, Integer> map, Random random) {
    return new ArrayList<>(map.keySet()).get(random.nextInt(map.size()));
  }

  @Test
  void the_map_with_one_value_changed_leaves_the_first_as_it_was() {
    var first = Ordered.copyOf(Map.of("name", 1));
    var second = Ordered.with(first, "name", 2);
    assertThat(first).containsExactly(Map.entry("name", 1));
    assertThat(second).containsExactly(Map.entry("name", 2));
    assertThat(Ordered.with(Map.of(), "name", 3)).containsExactly(Map.entry("name", 3));
  }

  @Test
  void never_changes_and_is_not_copied_again() {
    var ordered = Ordered.copyOf(Map.of("name", 1));
    assertThat(Ordered.copyOf(ordered)).isSameAs(ordered);
    assertThatThrownBy(() -> ordered.put("name", 2))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ordered.remove("name"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ordered.entrySet().iterator().next().setValue(2))
        .isInstanceOf(UnsupportedOperationException.class);
    var keys = ordered.keySet().iterator();
    assertThat(keys.next()).isEqualTo("name");
    assertThatThrownBy(keys::next).isInstanceOf(NoSuchElementException.class);
  }
}
