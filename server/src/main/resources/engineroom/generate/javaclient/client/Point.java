package {{package}}.client;

import java.util.Map;

/** A place on the earth, in degrees. */
public record Point(double latitude, double longitude) {
  static Point read(Json json) {
    var members = json.object();
    return new Point(
        Values.NUMBER.read(members.at("latitude")), Values.NUMBER.read(members.at("longitude")));
  }

  Json json() {
    return new Json.Object(
        Map.of(
            "latitude", Values.NUMBER.json(latitude), "longitude", Values.NUMBER.json(longitude)));
  }
}
