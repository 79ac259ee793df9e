package engineroom.account;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Many who do the same thing at one time.
final class Race {
  /// Clients that take part.
  static final int CLIENTS = 64;

  private Race() {}

  /// What each of them got.
  static List<Desk.Answer> of(Supplier<Desk.Answer> request) {
    return of(_ -> request.get());
  }

  /// What each of them got, who ask for different things.
  ///
  /// @param request by the number of the client
  static List<Desk.Answer> of(IntFunction<Desk.Answer> request) {
    var start = new CountDownLatch(1);
    IntFunction<Callable<Desk.Answer>> asked =
        client ->
            () -> {
              start.await();
              return request.apply(client);
            };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<Desk.Answer>>();
      for (int i = 0; i < CLIENTS; i++) {
        futures.add(threads.submit(asked.apply(i)));
      }
      start.countDown();
      var answers = new ArrayList<Desk.Answer>();
      for (var future : futures) {
        answers.add(future.get());
      }
      return answers;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /// How many of them succeeded.
  static long won(Supplier<Desk.Answer> request) {
    return of(request).stream().filter(answer -> answer.status() < 300).count();
  }
}
