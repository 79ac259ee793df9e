/// What MariaDB and MySQL say differently: see [Brand].
@NullMarked
package engineroom.stores.mariadb.brand;

import org.jspecify.annotations.NullMarked;
