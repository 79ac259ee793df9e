/// Rows in a MariaDB database: see [MariaDatabase].
@NullMarked
package engineroom.stores.mariadb;

import org.jspecify.annotations.NullMarked;
