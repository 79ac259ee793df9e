/// Rows in a PostgreSQL database: see [PostgresDatabase].
@NullMarked
package engineroom.stores.postgres;

import org.jspecify.annotations.NullMarked;
