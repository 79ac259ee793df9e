/// How a PostgreSQL database comes to fit a model: what it has is read from its catalogue, and
/// tables are changed where they stand.
@NullMarked
package engineroom.stores.postgres.migrate;

import org.jspecify.annotations.NullMarked;
