package engineroom.door.graphql.work;

import engineroom.door.cursor.CursorSeal;
import engineroom.door.graphql.schema.TypeNames;
import engineroom.door.query.QuerySettings;
import engineroom.door.query.Visibility;
import engineroom.model.Model;

/// What carrying out needs of the program.
///
/// @param settings limits of single questions, as REST has them
public record Tools(
    Model model, TypeNames names, Visibility visibility, QuerySettings settings, CursorSeal seal) {}
