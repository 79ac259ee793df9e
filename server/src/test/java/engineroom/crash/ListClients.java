package engineroom.crash;

import static org.assertj.core.api.Assertions.assertThat;

import engineroom.testkit.ListHistory;
import engineroom.testkit.ListHistory.End;
import engineroom.testkit.ListHistory.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/// Clients that append to a few lists and read them, several steps in one batch, and note what they
/// saw.
public final class ListClients {
  public static final String MODEL =
      """
      engineroom: 1
      name: Lists
      entities:
        list:
          fields:
            items: integer[]
      """;

  private static final int CLIENTS = 16;
  private static final int LISTS = 6;
  private static final String ANSWERED = "{\"responses\"";
  private static final String UNAVAILABLE = "\"status\":503";
  private static final Pattern ITEMS = Pattern.compile("\"items\":\\[([0-9,]*)]");

  private final AtomicInteger values = new AtomicInteger();

  /// A server, however it is reached: the body of an answer, or an error where nobody knows.
  public interface Server {
    String send(String method, String path, String body) throws IOException, InterruptedException;
  }

  private static String id(int list) {
    return "01980000-0000-7000-8000-00000000000" + list;
  }

  /// Makes the lists, empty.
  public static void make(Server server) throws Exception {
    for (int list = 0; list < LISTS; list++) {
      assertThat(server.send("PUT", "/api/lists/" + id(list), "{\"items\":[]}"))
          .contains("\"items\":[]");
    }
  }

  /// The lists as they are.
  public static Map<String, List<Integer>> last(Server server) throws Exception {
    var last = new HashMap<String, List<Integer>>();
    for (int list = 0; list < LISTS; list++) {
      last.put(id(list), items(server.send("GET", "/api/lists/" + id(list), "")).getFirst());
    }
    return last;
  }

  private static List<List<Integer>> items(String answer) {
    var found = new ArrayList<List<Integer>>();
    var items = ITEMS.matcher(answer);
    while (items.find()) {
      var text = items.group(1);
      found.add(
          text.isEmpty()
              ? List.of()
              : Arrays.stream(text.split(",")).map(Integer::valueOf).toList());
    }
    return found;
  }

  /// Begins; each client goes on as long as there is more to do.
  public List<Thread> start(Server server, ListHistory history, BooleanSupplier more) {
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < CLIENTS; i++) {
      var random = new Random(values.get() * 31L + i);
      clients.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (more.getAsBoolean()) {
                      batch(server, history, random);
                    }
                  }));
    }
    return clients;
  }

  /// Two to four steps, each an append or a read of some list.
  private void batch(Server server, ListHistory history, Random random) {
    var planned = new ArrayList<Step>();
    var requests = new ArrayList<String>();
    int steps = 2 + random.nextInt(3);
    for (int i = 0; i < steps; i++) {
      var list = id(random.nextInt(LISTS));
      if (random.nextBoolean()) {
        int value = values.incrementAndGet();
        planned.add(new Step.Append(list, value));
        requests.add(
            "{\"method\":\"PATCH\",\"path\":\"/lists/%s?fields=id\",".formatted(list)
                + "\"body\":{\"items\":{\"$append\":[%d]}}}".formatted(value));
      } else {
        planned.add(new Step.Read(list, List.of()));
        requests.add("{\"method\":\"GET\",\"path\":\"/lists/%s?fields=items\"}".formatted(list));
      }
    }
    try {
      var body = "{\"requests\":[" + String.join(",", requests) + "]}";
      var answer = server.send("POST", "/api/batch", body);
      assertThat(answer).containsAnyOf(ANSWERED, UNAVAILABLE);
      if (answer.startsWith(ANSWERED)) {
        history.add(seen(planned, items(answer)), End.COMMITTED);
      } else {
        history.add(appends(planned), End.UNKNOWN);
      }
    } catch (IOException _) {
      history.add(appends(planned), End.UNKNOWN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Step> appends(List<Step> planned) {
    return planned.stream().filter(Step.Append.class::isInstance).toList();
  }

  private static List<Step> seen(List<Step> planned, List<List<Integer>> reads) {
    var next = reads.iterator();
    return planned.stream()
        .map(
            step ->
                switch (step) {
                  case Step.Append append -> append;
                  case Step.Read(var list, _) -> (Step) new Step.Read(list, next.next());
                })
        .toList();
  }
}
