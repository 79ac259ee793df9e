package engineroom.door.query;

import engineroom.json.Json;
import engineroom.model.FieldType;

/// A parameter that is a value of the request as it stands. Another value, but for null, makes the
/// same condition.
///
/// @param position among the arguments
public record PlainValue(int position, FieldType type, Json json) {}
