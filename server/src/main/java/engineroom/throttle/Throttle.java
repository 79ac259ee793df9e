package engineroom.throttle;

import static engineroom.problem.ProblemException.problem;

import engineroom.data.Value;
import engineroom.door.batch.Counting;
import engineroom.http.Gate;
import engineroom.modelfile.Rates;
import engineroom.modelfile.Rates.Rate;
import engineroom.operation.Call;
import engineroom.operation.Caller;
import engineroom.problem.RequestProblem.TooOften;
import engineroom.stores.SharedUse;
import engineroom.stores.SharedUse.Use;
import engineroom.throttle.Buckets.Others;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How often somebody may ask, by address, caller and route. A check makes no garbage.
///
/// Whoever holds the administrator's key is let through: they could change the limits, and must be
/// able to when everybody is asking at once.
public final class Throttle implements Gate, Counting {
  /// Keys that each limit remembers.
  static final int KEYS_MAX = 100_000;

  /// Keys told of at a time; the others are told the next time.
  private static final int TOLD_MAX = 20_000;

  private final LongSupplier nanos;
  private final List<Limit> limits;
  private final Limit guests;
  private final Limit callers;
  private final Limit refused;
  private final Limit transfers;
  private final Limit routes;
  private final Limit keys;
  private volatile List<Route> paths = List.of();

  /// @param nanos the time, in nanoseconds since 1970
  public Throttle(Rates rates, LongSupplier nanos, RandomGenerator random) {
    this(rates, nanos, random, Others.NONE);
  }

  private Throttle(Rates rates, LongSupplier nanos, RandomGenerator random, Others others) {
    this.nanos = nanos;
    guests = new Limit("guests", random.nextLong(), others);
    callers = new Limit("callers", random.nextLong(), others);
    refused = new Limit("refused", random.nextLong(), others);
    transfers = new Limit("transfers", random.nextLong(), others);
    routes = new Limit("routes", random.nextLong(), others);
    keys = new Limit("keys", random.nextLong(), others);
    limits = List.of(guests, callers, refused, transfers, routes, keys);
    follow(rates);
  }

  /// Where other processes serve the same callers.
  public static Throttle together(Rates rates, LongSupplier nanos, RandomGenerator random) {
    return new Throttle(rates, nanos, random, Others.SOME);
  }

  /// One limit and what is used of it.
  static final class Limit {
    private final String name;
    private final Buckets buckets;
    private volatile @Nullable Pace pace;

    Limit(String name, long seed, Others others) {
      this.name = name;
      this.buckets = new Buckets(KEYS_MAX, seed, others);
    }

    private void follow(@Nullable Rate rate) {
      pace = rate == null ? null : Pace.of(name, rate);
    }

    String name() {
      return name;
    }

    Buckets buckets() {
      return buckets;
    }

    @Nullable Pace pace() {
      return pace;
    }
  }

  /// From now on other rates hold; what is used stays used.
  public void follow(Rates rates) {
    guests.follow(rates.guests());
    callers.follow(rates.callers());
    refused.follow(rates.refused());
    transfers.follow(rates.transfers());
    var slowest = rates.routes().values().stream().max((a, b) -> a.window().compareTo(b.window()));
    routes.follow(slowest.orElse(null));
    paths = Route.all(rates.routes());
  }

  /// What is used, to be saved.
  List<Limit> limits() {
    return limits;
  }

  /// Tells what was used here, and takes over what was used elsewhere.
  void exchange(SharedUse shared) {
    var told = new ArrayList<Use>();
    for (var limit : limits) {
      told.addAll(limit.buckets().told(limit.name(), TOLD_MAX / limits.size()));
    }
    var heard = false;
    try {
      shared.exchange(told).forEach(use -> limit(use).learn(use.key(), use.whole()));
      heard = true;
    } finally {
      if (!heard) {
        told.forEach(use -> limit(use).untold(use));
      }
    }
  }

  private Buckets limit(Use use) {
    return limits.stream()
        .filter(limit -> limit.name().equals(use.limit()))
        .findFirst()
        .orElseThrow()
        .buckets();
  }

  long now() {
    return nanos.getAsLong();
  }

  @Override
  public void arrives(String address, Credentials credentials) {
    switch (credentials) {
      case NONE -> {} // a guest is counted once the request is known
      case SOME -> {
        var pace = refused.pace();
        if (pace != null) {
          refuse(pace, refused.buckets().waiting(AddressKey.of(address), now(), pace));
        }
      }
    }
  }

  @Override
  public void refused(String address) {
    var pace = refused.pace();
    if (pace != null) {
      var _ = refused.buckets().take(AddressKey.of(address), 1, now(), pace);
    }
  }

  @Override
  public void known(Call call, String path) {
    if (call.caller() instanceof Caller.Administrator) {
      return;
    }
    credential(call);
    count(call, 1);
    route(call.method(), path, key(call));
  }

  /// An API key may have a limit of its own.
  private void credential(Call call) {
    if (call.caller() instanceof Caller.User user
        && user.claims().get("requestsPerMinute") instanceof Value.Integer(var most)
        && user.claims().get("key") instanceof Value.Uuid id) {
      take(keys, Pace.ofMinute("key", most), key(id), 1);
    }
  }

  @Override
  public void more(Call call, int requests) {
    if (!(call.caller() instanceof Caller.Administrator) && requests > 0) {
      count(call, requests);
    }
  }

  @Override
  public void within(Call call, String method, String path) {
    if (!(call.caller() instanceof Caller.Administrator)) {
      route(method, path, key(call));
    }
  }

  private void count(Call call, int requests) {
    var limit = call.caller() instanceof Caller.Guest ? guests : callers;
    take(limit, limit.pace(), key(call), requests);
  }

  private void route(String method, String path, long key) {
    if (transfer(method, path)) {
      take(transfers, transfers.pace(), key, 1);
    }
    var all = paths;
    for (int i = 0; i < all.size(); i++) { // no iterator, which would be garbage
      var route = all.get(i);
      if (route.fits(method, path)) {
        take(routes, route.pace(), key ^ route.salt(), 1);
      }
    }
  }

  /// Whether a request moves whole files of rows.
  private static boolean transfer(String method, String path) {
    return switch (method) {
      case "GET", "HEAD" -> path.startsWith("/api/") && path.endsWith("/export");
      case "POST" -> path.startsWith("/api/") && path.endsWith("/import");
      default -> false; // nothing else moves files
    };
  }

  private void take(Limit limit, @Nullable Pace pace, long key, int count) {
    if (pace != null) {
      refuse(pace, limit.buckets().take(key, count, now(), pace));
    }
  }

  private static void refuse(Pace pace, long wait) {
    if (wait > 0) {
      throw problem(new TooOften(pace.name(), pace.count(), pace.length(), Duration.ofNanos(wait)));
    }
  }

  /// Guests are counted by where they are, others by who they are, wherever they are.
  private static long key(Call call) {
    return switch (call.caller()) {
      case Caller.Guest _ -> AddressKey.of(call.address());
      case Caller.User user -> key(user.id());
      case Caller.Administrator _, Caller.Program _ -> 0;
    };
  }

  private static long key(Value id) {
    return switch (id) {
      case Value.Uuid(var uuid) ->
          uuid.getMostSignificantBits() ^ Buckets.mix(uuid.getLeastSignificantBits());
      case Value.Integer(var number) -> Buckets.mix(number);
      case Value.Text(var text) -> key(text);
      case Value _ -> key(id.toString());
    };
  }

  private static long key(String text) {
    long key = text.length();
    for (int i = 0; i < text.length(); i++) {
      key = Buckets.mix(31 * key + text.charAt(i));
    }
    return key;
  }
}
