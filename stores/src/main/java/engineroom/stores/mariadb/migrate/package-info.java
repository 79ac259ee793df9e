/// How a MariaDB database comes to fit a model.
@NullMarked
package engineroom.stores.mariadb.migrate;

import org.jspecify.annotations.NullMarked;
