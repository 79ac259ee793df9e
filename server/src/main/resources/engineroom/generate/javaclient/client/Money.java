package {{package}}.client;

import java.util.Map;

/**
 * An amount in minor units: 1250 EUR is 12.50.
 *
 * @param currency as `EUR`
 */
public record Money(long amount, String currency) {
  static Money read(Json json) {
    var members = json.object();
    return new Money(Values.WHOLE.read(members.at("amount")), members.at("currency").text());
  }

  Json json() {
    return new Json.Object(Map.of("amount", Json.of(amount), "currency", Json.of(currency)));
  }
}
